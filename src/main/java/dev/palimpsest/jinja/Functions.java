package dev.palimpsest.jinja;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
final class Functions {
  private Functions() {}

  static Map<String, Object> all(Python python) {
    Map<String, Object> functions = new HashMap<>();
    functions.put("range", (Callable) Range::of);
    functions.put("dict", new DictFunction(python));
    functions.put("namespace", (Callable) arguments -> namespace(python, arguments));
    functions.put("cycler", (Callable) arguments -> new Cycler(arguments.positional()));
    functions.put("joiner", (Callable) Functions::joiner);
    return functions;
  }

  /** {@code dict(…)}, and {@code dict.fromkeys(…)}. */
  private record DictFunction(Python python) implements Instance, Callable {
    @Override
    public Object call(Arguments arguments) {
      return dict(python, arguments);
    }

    @Override
    public Object attribute(String name) {
      return name.equals("fromkeys") ? (Callable) arguments -> fromKeys(python, arguments) : ABSENT;
    }

    @Override
    public String typeName() {
      return "TemplateDict";
    }
  }

  static Map<Object, Object> fromKeys(Python python, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("fromkeys", "iterable", "value");
    Map<Object, Object> dict = new LinkedHashMap<>();
    for (Object key : Sequences.list(bound.required(0))) {
      dict.put(python.key(dict, key), bound.get(1, null));
    }
    return dict;
  }

  private static Map<Object, Object> dict(Python python, Arguments arguments) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new TemplateException("dict() takes at most 1 argument");
    }
    for (Object source : arguments.positional()) {
      addAll(python, dict, source);
    }
    dict.putAll(arguments.named());
    return dict;
  }

  private static void addAll(Python python, Map<Object, Object> dict, Object source) {
    if (source instanceof Map<?, ?> map) {
      dict.putAll(map);
      return;
    }
    for (Object item : Sequences.list(source)) {
      List<Object> pair = Sequences.list(item);
      if (pair.size() != 2) {
        throw new TemplateException("dict() needs pairs of key and value");
      }
      dict.put(python.key(dict, pair.get(0)), pair.get(1));
    }
  }

  private static Namespace namespace(Python python, Arguments arguments) {
    Namespace namespace = new Namespace();
    dict(python, arguments)
        .forEach((name, value) -> namespace.set(Types.toText(name, "a namespace key"), value));
    return namespace;
  }

  private static Callable joiner(Arguments arguments) {
    Object separator = arguments.bind("joiner", "sep").get(0, ", ");
    boolean[] used = {false};
    return ignored -> {
      Object text = used[0] ? separator : "";
      used[0] = true;
      return text;
    };
  }

  /** Gives its values in turn, for ever. */
  private static final class Cycler implements Instance {
    private final List<Object> values;
    private int position;

    Cycler(List<Object> values) {
      if (values.isEmpty()) {
        throw new TemplateException("cycler() needs at least one value");
      }
      this.values = values;
    }

    @Override
    public Object attribute(String name) {
      return switch (name) {
        case "current" -> values.get(position);
        case "next" -> (Callable) ignored -> next();
        case "reset" -> (Callable) ignored -> reset();
        default -> ABSENT;
      };
    }

    private Object next() {
      Object value = values.get(position);
      position = (position + 1) % values.size();
      return value;
    }

    private Object reset() {
      position = 0;
      return null;
    }

    @Override
    public String typeName() {
      return "Cycler";
    }
  }
}
