package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The methods of dict, list and tuple that leave their owner as it is; the others are refused. */
final class CollectionMethods {
  private static final Set<String> MAP_CHANGES =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> LIST_CHANGES =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

  private CollectionMethods() {}

  static Object ofMap(Rendering rendering, Map<?, ?> map, String name) {
    if (MAP_CHANGES.contains(name)) {
      return Undefined.unsafe(map, name);
    }
    return switch (name) {
      case "items" -> charged(rendering, map, () -> new DictView("dict_items", items(map)));
      case "keys" -> charged(rendering, map, () -> view("dict_keys", map.keySet()));
      case "values" -> charged(rendering, map, () -> view("dict_values", map.values()));
      case "copy" -> charged(rendering, map, () -> new LinkedHashMap<Object, Object>(map));
      case "fromkeys" -> (Callable) arguments -> Functions.fromKeys(rendering.python(), arguments);
      case "get" -> (Callable) arguments -> get(rendering, map, arguments);
      default -> Instance.ABSENT;
    };
  }

  private static DictView view(String name, Collection<?> content) {
    return new DictView(name, new ArrayList<>(content));
  }

  private static Callable charged(Rendering rendering, Object owner, Supplier<Object> copy) {
    return ignored -> {
      rendering.budget().work(Cost.of(owner));
      return copy.get();
    };
  }

  static List<Object> items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>(map.size());
    map.forEach((key, value) -> items.add(new Tuple(key, value)));
    return items;
  }

  private static Object get(Rendering rendering, Map<?, ?> map, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("get", "key", "default");
    Object key = rendering.python().key(map, bound.required(0));
    return map.containsKey(key) ? map.get(key) : bound.get(1, null);
  }

  static Object ofList(Rendering rendering, List<?> list, String name) {
    boolean isList = Types.nameOf(list).equals("list");
    if (isList && LIST_CHANGES.contains(name)) {
      return Undefined.unsafe(list, name);
    }
    if (isList && name.equals("copy")) {
      return charged(rendering, list, () -> new ArrayList<Object>(list));
    }
    return switch (name) {
      case "index" -> (Callable) arguments -> index(rendering, list, arguments);
      case "count" -> (Callable) arguments -> count(rendering, list, arguments);
      default -> Instance.ABSENT;
    };
  }

  private static Object index(Rendering rendering, List<?> list, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("index", "value", "start", "stop");
    Object sought = bound.required(0);
    int end = position(bound.integer(2, list.size()), list.size());
    for (int i = position(bound.integer(1, 0), list.size()); i < end; i++) {
      if (rendering.python().equal(list.get(i), sought)) {
        return (long) i;
      }
    }
    throw new TemplateException("the value is not in the list");
  }

  private static int position(long index, int size) {
    return (int) Math.max(0, Math.min(size, index < 0 ? index + size : index));
  }

  private static Object count(Rendering rendering, List<?> list, Arguments arguments) {
    Object sought = arguments.bindPositional("count", "value").required(0);
    return list.stream().filter(item -> rendering.python().equal(item, sought)).count();
  }
}
