package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters that compare the items of their value; texts without regard to case unless asked. */
final class OrderFilters {
  private OrderFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    filters.put("sort", OrderFilters::sort);
    filters.put("dictsort", OrderFilters::sortDict);
    filters.put("unique", OrderFilters::unique);
    filters.put(
        "min", (r, v, a) -> extreme(r, v, a.bind("min", "case_sensitive", "attribute"), -1));
    filters.put("max", (r, v, a) -> extreme(r, v, a.bind("max", "case_sensitive", "attribute"), 1));
    filters.put("groupby", OrderFilters::groupBy);
  }

  private static Object folded(Object value, boolean caseSensitive) {
    return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static boolean flag(Arguments.Bound bound, int index) {
    return Python.isTrue(bound.get(index, false));
  }

  private record Keyed(Object key, Object item) {}

  private static List<Object> sorted(Rendering rendering, List<Keyed> keyed, boolean reverse) {
    Comparator<Keyed> order = (a, b) -> rendering.python().compare("<", a.key(), b.key());
    keyed.sort(reverse ? order.reversed() : order);
    List<Object> items = new ArrayList<>(keyed.size());
    keyed.forEach(each -> items.add(each.item()));
    return items;
  }

  private static Object sort(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    List<AttributePath> paths = AttributePath.several(bound.get(2, null));
    List<Keyed> keyed = new ArrayList<>();
    for (Object item : Sequences.list(value)) {
      List<Object> key = new ArrayList<>();
      paths.forEach(path -> key.add(folded(path.get(rendering, item), flag(bound, 1))));
      keyed.add(new Keyed(key, item));
    }
    return sorted(rendering, keyed, flag(bound, 0));
  }

  private static Object sortDict(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    String by = bound.text(1, "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new TemplateException("dictsort sorts by 'key' or 'value', not '" + by + "'");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException("dictsort needs a dict, not " + Types.nameOf(value));
    }
    List<Keyed> keyed = new ArrayList<>();
    map.forEach(
        (key, content) ->
            keyed.add(
                new Keyed(
                    folded(by.equals("key") ? key : content, flag(bound, 0)),
                    new Tuple(key, content))));
    return sorted(rendering, keyed, flag(bound, 2));
  }

  private static Object unique(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("unique", "case_sensitive", "attribute");
    AttributePath path = AttributePath.of(bound.get(1, null));
    List<Object> seen = new ArrayList<>();
    List<Object> items = new ArrayList<>();
    for (Object item : Sequences.list(value)) {
      Object key = rendering.python().key(folded(path.get(rendering, item), flag(bound, 0)));
      if (seen.stream().noneMatch(other -> rendering.python().equal(other, key))) {
        seen.add(key);
        items.add(item);
      }
    }
    return new Generator(items.iterator());
  }

  private static Object extreme(
      Rendering rendering, Object value, Arguments.Bound bound, int direction) {
    AttributePath path = AttributePath.of(bound.get(1, null));
    Iterator<Object> items = Sequences.iterator(value);
    if (!items.hasNext()) {
      return new Undefined("No aggregated item, sequence was empty.");
    }
    Object best = items.next();
    Object bestKey = folded(path.get(rendering, best), flag(bound, 0));
    while (items.hasNext()) {
      Object item = items.next();
      Object key = folded(path.get(rendering, item), flag(bound, 0));
      if (rendering.python().compare(direction < 0 ? "<" : ">", key, bestKey) * direction > 0) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }

  /** A group of items: a pair whose parts also have names. */
  private static final class Group extends Tuple {
    Group(Object grouper, List<Object> items) {
      super(grouper, items);
    }

    @Override
    public Object attribute(String name) {
      return switch (name) {
        case "grouper" -> get(0);
        case "list" -> get(1);
        default -> ABSENT;
      };
    }
  }

  private static Object groupBy(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
    AttributePath path = AttributePath.of(bound.required(0), bound.get(1, null));
    List<Keyed> keyed = new ArrayList<>();
    for (Object item : Sequences.list(value)) {
      keyed.add(new Keyed(folded(path.get(rendering, item), flag(bound, 2)), item));
    }
    List<Object> groups = new ArrayList<>();
    List<Object> group = new ArrayList<>();
    Object last = Instance.ABSENT;
    for (Object item : sorted(rendering, keyed, false)) {
      Object key = folded(path.get(rendering, item), flag(bound, 2));
      if (last == Instance.ABSENT || !rendering.python().equal(last, key)) {
        group = new ArrayList<>();
        groups.add(new Group(path.get(rendering, item), group));
        last = key;
      }
      group.add(item);
    }
    return groups;
  }
}
