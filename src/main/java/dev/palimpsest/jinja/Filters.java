package dev.palimpsest.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Jinja's filters by name. */
final class Filters {
  /** A filter: the value in front of the bar and the arguments after the name. */
  interface Filter {
    Object apply(Rendering rendering, Object value, Arguments arguments);
  }

  /** Filters that ask themselves whether their value is markup. */
  private static final Set<String> READ_MARKUP =
      Set.of(
          "escape", "e", "safe", "string", "default", "d", "attr", "format", "truncate", "pprint");

  /** Filters that make markup of markup; all others make a plain text. */
  private static final Set<String> KEEP_MARKUP =
      Set.of("upper", "lower", "capitalize", "trim", "center", "indent", "reverse");

  private static final Map<String, Filter> FILTERS = new HashMap<>();

  static {
    TextFilters.addTo(FILTERS);
    MarkupFilters.addTo(FILTERS);
    NumberFilters.addTo(FILTERS);
    SequenceFilters.addTo(FILTERS);
    OrderFilters.addTo(FILTERS);
    SelectionFilters.addTo(FILTERS);
  }

  private Filters() {}

  /** Adds a filter that takes no arguments. */
  static void plain(
      Map<String, Filter> filters, String name, BiFunction<Rendering, Object, Object> filter) {
    filters.put(
        name,
        (rendering, value, arguments) -> {
          arguments.bind(name);
          return filter.apply(rendering, value);
        });
  }

  static boolean exists(String name) {
    return FILTERS.containsKey(name);
  }

  static Object apply(Rendering rendering, String name, Object value, Arguments arguments) {
    Filter filter = FILTERS.get(name);
    if (filter == null) {
      throw unknown(name);
    }
    rendering.budget().work(Cost.of(value, arguments));
    boolean readsMarkup = READ_MARKUP.contains(name) || !(value instanceof Markup);
    if (readsMarkup) {
      return filter.apply(rendering, value, arguments);
    }
    Object result = filter.apply(rendering, Markup.plain(value), arguments);
    return KEEP_MARKUP.contains(name) ? Markup.marked(result) : result;
  }

  static TemplateException unknown(String name) {
    return new TemplateException("there is no filter named '" + name + "'");
  }
}
