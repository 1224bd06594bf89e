package dev.palimpsest.jinja;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Jinja's tests ({@code x is name}) by name. */
final class Tests {
  /** A test: the value in front and the arguments after the name. */
  private interface Test {
    boolean holds(Rendering rendering, Object value, Arguments arguments);
  }

  private static final Map<String, Test> TESTS = new HashMap<>();

  static {
    kind("defined", value -> !(value instanceof Undefined));
    kind("undefined", value -> value instanceof Undefined);
    kind("none", value -> value == null);
    kind("boolean", value -> value instanceof Boolean);
    kind("true", value -> Boolean.TRUE.equals(value));
    kind("false", value -> Boolean.FALSE.equals(value));
    kind("integer", value -> Types.isInteger(value) && !(value instanceof Boolean));
    kind("float", value -> value instanceof Double);
    kind("number", Types::isNumber);
    kind("string", value -> value instanceof String || value instanceof Markup);
    kind("mapping", value -> value instanceof Map<?, ?>);
    kind("sequence", Tests::isSequence);
    kind("iterable", Sequences::isIterable);
    kind("callable", value -> value instanceof Callable || value instanceof Undefined);
    kind("escaped", value -> value instanceof Markup);
    TESTS.put("odd", (r, v, a) -> isRest(r, "odd", v, a, 1));
    TESTS.put("even", (r, v, a) -> isRest(r, "even", v, a, 0));
    TESTS.put("filter", (r, v, a) -> r.python().key(v) instanceof String n && Filters.exists(n));
    TESTS.put("test", (r, v, a) -> r.python().key(v) instanceof String name && exists(name));
    TESTS.put("lower", (r, v, a) -> Letters.isLower(r.print(v)));
    TESTS.put("upper", (r, v, a) -> Letters.isUpper(r.print(v)));
    TESTS.put("divisibleby", Tests::isDivisible);
    TESTS.put("sameas", Tests::isSame);
    TESTS.put("in", (r, v, a) -> r.python().contains(other("in", a), v));
    comparison("==", "eq", "equalto");
    comparison("!=", "ne");
    comparison("<", "lt", "lessthan");
    comparison("<=", "le");
    comparison(">", "gt", "greaterthan");
    comparison(">=", "ge");
  }

  private Tests() {}

  private static void kind(String name, Predicate<Object> test) {
    TESTS.put(
        name,
        (rendering, value, arguments) -> {
          arguments.bind(name);
          return test.test(value);
        });
  }

  private static void comparison(String operator, String... names) {
    Test test =
        (rendering, value, arguments) ->
            Expression.Compare.holds(
                rendering.python(), operator, value, other(operator, arguments));
    TESTS.put(operator, test);
    for (String name : names) {
      TESTS.put(name, test);
    }
  }

  static boolean exists(String name) {
    return TESTS.containsKey(name);
  }

  static boolean apply(Rendering rendering, String name, Object value, Arguments arguments) {
    Test test = TESTS.get(name);
    if (test == null) {
      throw unknown(name);
    }
    rendering.budget().work(name.equals("lower") || name.equals("upper") ? Cost.of(value) : 1);
    return test.holds(rendering, value, arguments);
  }

  static TemplateException unknown(String name) {
    return new TemplateException("there is no test named '" + name + "'");
  }

  private static Object other(String test, Arguments arguments) {
    return arguments.bind(test, "other").required(0);
  }

  private static boolean isSequence(Object value) {
    return value instanceof Collection<?>
        || value instanceof Map<?, ?>
        || value instanceof String
        || value instanceof Markup
        || value instanceof Undefined;
  }

  private static boolean isRest(
      Rendering rendering, String name, Object value, Arguments arguments, long rest) {
    arguments.bind(name);
    return rendering.python().equal(rendering.python().operate("%", value, 2L), rest);
  }

  private static boolean isDivisible(Rendering rendering, Object value, Arguments arguments) {
    Object divisor = other("divisibleby", arguments);
    Object rest = rendering.python().operate("%", value, divisor);
    return rendering.python().equal(rest, 0L);
  }

  private static boolean isSame(Rendering rendering, Object value, Arguments arguments) {
    Object other = other("sameas", arguments);
    boolean scalar = value instanceof Boolean || value instanceof Number || value instanceof String;
    return value == other || (scalar && value.equals(other));
  }
}
