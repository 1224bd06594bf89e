package dev.palimpsest.jinja;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** map, select, reject and their attribute forms; items are handled when they are taken. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    filters.put("map", SelectionFilters::map);
    filters.put("select", (r, v, a) -> select(v, test(r, a, AttributePath.of(null))));
    filters.put("reject", (r, v, a) -> select(v, test(r, a, AttributePath.of(null)).negate()));
    filters.put("selectattr", (r, v, a) -> select(v, attributeTest(r, a)));
    filters.put("rejectattr", (r, v, a) -> select(v, attributeTest(r, a).negate()));
  }

  private static Generator empty() {
    return new Generator(Collections.emptyIterator());
  }

  private static Object map(Rendering rendering, Object value, Arguments arguments) {
    if (!Python.isTrue(value)) {
      return empty();
    }
    List<Object> items = Sequences.list(value);
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Arguments.Bound bound = arguments.bind("map", "attribute", "default");
      AttributePath path = AttributePath.of(bound.required(0), bound.get(1, null));
      return new Generator(items.stream().map(item -> path.get(rendering, item)).iterator());
    }
    if (arguments.positional().isEmpty()) {
      throw new TemplateException("map() needs the name of a filter");
    }
    String name = Types.toText(arguments.positional().get(0), "the filter name of map()");
    Arguments rest = arguments.after(1);
    return new Generator(
        items.stream().map(item -> applied(rendering, name, item, rest)).iterator());
  }

  private static Object applied(Rendering rendering, String name, Object item, Arguments rest) {
    rendering.budget().step();
    return Filters.apply(rendering, name, item, rest);
  }

  private static Object select(Object value, Predicate<Object> test) {
    if (!Python.isTrue(value)) {
      return empty();
    }
    return new Generator(Sequences.list(value).stream().filter(test).iterator());
  }

  private static Predicate<Object> attributeTest(Rendering rendering, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateException("selectattr() needs the name of an attribute");
    }
    return test(rendering, arguments.after(1), AttributePath.of(arguments.positional().get(0)));
  }

  private static Predicate<Object> test(
      Rendering rendering, Arguments arguments, AttributePath path) {
    if (arguments.positional().isEmpty()) {
      return item -> Python.isTrue(path.get(rendering, item));
    }
    String name = Types.toText(arguments.positional().get(0), "a test name");
    Arguments rest = arguments.after(1);
    return item -> {
      rendering.budget().step();
      return Tests.apply(rendering, name, path.get(rendering, item), rest);
    };
  }
}
