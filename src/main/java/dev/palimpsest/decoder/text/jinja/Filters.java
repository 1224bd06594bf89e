package dev.palimpsest.decoder.text.jinja;

import java.util.HashMap;
import java.util.Map;

/** Jinja's filters by name. */
final class Filters {
  /** A filter: the value in front of the bar and the arguments after the name. */
  interface Filter {
    Object apply(Rendering rendering, Object value, Arguments arguments);
  }

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

  static boolean exists(String name) {
    return FILTERS.containsKey(name);
  }

  static Object apply(Rendering rendering, String name, Object value, Arguments arguments) {
    Filter filter = FILTERS.get(name);
    if (filter == null) {
      throw unknown(name);
    }
    rendering.budget().work(Cost.of(value, arguments));
    return filter.apply(rendering, value, arguments);
  }

  static TemplateException unknown(String name) {
    return new TemplateException("there is no filter named '" + name + "'");
  }
}
