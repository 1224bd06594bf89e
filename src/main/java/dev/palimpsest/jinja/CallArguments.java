package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call as written.
 *
 * @param positional in their order
 * @param named by keyword
 * @param star what follows {@code *}, or null
 * @param doubleStar what follows {@code **}, or null
 */
record CallArguments(
    List<Expression> positional,
    Map<String, Expression> named,
    Expression star,
    Expression doubleStar) {
  static final CallArguments NONE = new CallArguments(List.of(), Map.of(), null, null);

  static CallArguments of(Expression argument) {
    return new CallArguments(List.of(argument), Map.of(), null, null);
  }

  Arguments evaluate(Frame frame) {
    List<Object> values = new ArrayList<>();
    positional.forEach(argument -> values.add(argument.evaluate(frame)));
    if (star != null) {
      values.addAll(Sequences.list(star.evaluate(frame)));
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    named.forEach((name, argument) -> byName.put(name, argument.evaluate(frame)));
    if (doubleStar != null) {
      addAll(byName, doubleStar.evaluate(frame));
    }
    return new Arguments(values, byName);
  }

  private static void addAll(Map<String, Object> byName, Object given) {
    if (!(given instanceof Map<?, ?> map)) {
      throw new TemplateException(
          "the argument after ** must be a dict, not " + Types.nameOf(given));
    }
    map.forEach((name, value) -> byName.put(Types.toText(name, "a keyword after **"), value));
  }
}
