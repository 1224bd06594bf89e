package dev.palimpsest.jinja;

/**
 * The value of a name or item that is not there: false, empty and printed as nothing, and an error
 * to reach into.
 *
 * @param problem what is missing, as Python words it
 */
record Undefined(String problem) {
  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined attribute(Object owner, Object name) {
    String of = owner == null ? "None" : Types.nameOf(owner) + " object";
    return new Undefined("'" + of + "' has no attribute '" + name + "'");
  }

  static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute '%s' of '%s' object is unsafe".formatted(name, Types.nameOf(owner)));
  }

  TemplateException failure() {
    return new TemplateException(problem);
  }
}
