package dev.palimpsest.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A macro bound to the frame it was defined in; calling it gives what its body writes. */
final class Macro implements Instance, Callable {
  static final String CALLER = "caller";
  private static final String VARARGS = "varargs";
  private static final String KWARGS = "kwargs";

  /**
   * A macro as written.
   *
   * @param name "caller" for the body of a call block
   * @param parameters in their order
   * @param defaults of the last parameters
   * @param body what is run
   * @param names all names that the body reads; they tell whether it takes further arguments
   */
  record Definition(
      String name,
      List<String> parameters,
      List<Expression> defaults,
      List<Statement> body,
      Set<String> names) {}

  private final Definition definition;
  private final Frame home;

  Macro(Definition definition, Frame home) {
    this.definition = definition;
    this.home = home;
  }

  @Override
  public Object call(Arguments arguments) {
    Frame frame = home.capturing();
    bindExtras(frame, arguments);
    bindParameters(frame, arguments);
    frame.run(definition.body());
    return frame.output().text();
  }

  private void bindParameters(Frame frame, Arguments arguments) {
    List<String> parameters = definition.parameters();
    int firstDefault = parameters.size() - definition.defaults().size();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      boolean positional = i < arguments.positional().size();
      if (positional && arguments.named().containsKey(parameter)) {
        throw fail("got two values for '" + parameter + "'");
      }
      if (positional) {
        frame.set(parameter, arguments.positional().get(i));
      } else if (arguments.named().containsKey(parameter)) {
        frame.set(parameter, arguments.named().get(parameter));
      } else if (i >= firstDefault) {
        frame.set(parameter, definition.defaults().get(i - firstDefault).evaluate(frame));
      } else {
        frame.set(parameter, new Undefined("parameter '" + parameter + "' was not provided"));
      }
    }
  }

  private void bindExtras(Frame frame, Arguments arguments) {
    int parameters = definition.parameters().size();
    Map<Object, Object> rest = new LinkedHashMap<>(arguments.named());
    definition.parameters().forEach(rest::remove);
    if (takes(CALLER)) {
      Object caller = rest.containsKey(CALLER) ? rest.remove(CALLER) : noCaller();
      frame.set(CALLER, caller);
    }
    if (takes(KWARGS)) {
      frame.set(KWARGS, rest);
    } else if (!rest.isEmpty()) {
      throw fail("takes no keyword argument '" + rest.keySet().iterator().next() + "'");
    }
    boolean more = arguments.positional().size() > parameters;
    if (takes(VARARGS)) {
      frame.set(
          VARARGS, more ? Tuple.copyOf(arguments.after(parameters).positional()) : new Tuple());
    } else if (more) {
      throw fail("takes not more than " + parameters + " arguments");
    }
  }

  private boolean takes(String name) {
    return definition.names().contains(name) && !definition.parameters().contains(name);
  }

  private static Undefined noCaller() {
    return new Undefined("No caller defined");
  }

  private TemplateException fail(String problem) {
    return new TemplateException("macro '" + definition.name() + "' " + problem);
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "name" -> definition.name();
      case "arguments" -> Tuple.copyOf(definition.parameters());
      default -> ABSENT;
    };
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public String printed() {
    return definition.name().equals(CALLER)
        ? "<Macro anonymous>"
        : "<Macro '" + definition.name() + "'>";
  }
}
