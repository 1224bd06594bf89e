package dev.palimpsest.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one kind of value that a template can change: namespace() and its attributes. */
final class Namespace implements Instance {
  private final Map<String, Object> values = new LinkedHashMap<>();

  void set(String name, Object value) {
    if (name.startsWith("_")) {
      throw new TemplateException(
          "a namespace cannot store '" + name + "'; names that begin with '_' are not allowed");
    }
    values.put(name, value);
  }

  Map<String, Object> values() {
    return values;
  }

  @Override
  public Object attribute(String name) {
    return values.containsKey(name) ? values.get(name) : ABSENT;
  }

  @Override
  public String printed(Budget budget) {
    return "<Namespace " + Printer.repr(budget, values) + ">";
  }

  @Override
  public String typeName() {
    return "Namespace";
  }
}
