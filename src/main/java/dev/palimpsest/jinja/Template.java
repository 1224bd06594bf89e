package dev.palimpsest.jinja;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;

/** A template, parsed once and rendered as often as needed; safe for use by several threads. */
public final class Template {
  /**
   * Longest source that is parsed; the largest known chat templates have some 20,000 characters.
   */
  public static final int MAX_SOURCE = 1_000_000;

  private final TemplateParser.Parsed parsed;

  private Template(TemplateParser.Parsed parsed) {
    this.parsed = parsed;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException if it is not in the supported language or too large
   */
  public static Template parse(String source) {
    if (source.length() > MAX_SOURCE) {
      throw new TemplateException(
          "the template has %,d characters; at most %,d are accepted"
              .formatted(source.length(), MAX_SOURCE));
    }
    return guarded(() -> new Template(TemplateParser.parse(source)));
  }

  /**
   * Renders with the given variables.
   *
   * @param variables null, texts, numbers, booleans, collections and maps of those
   * @param now what strftime_now formats
   * @throws TemplateException if the template fails, refuses its input or exceeds its budget
   */
  public String render(Map<String, ?> variables, LocalDateTime now) {
    return guarded(
        () -> {
          Data data = Data.of(variables);
          Rendering rendering = new Rendering(new Budget(data.size()));
          Frame root = Frame.root(rendering, globals(rendering, now)).inner();
          data.variables().forEach(root::set);
          Frame top = root.inner();
          top.set("self", new TemplateReference(parsed.blocks(), top));
          top.run(parsed.body());
          return top.output().text();
        });
  }

  private static Map<String, Object> globals(Rendering rendering, LocalDateTime now) {
    Map<String, Object> globals = new HashMap<>(Functions.all(rendering.python()));
    globals.put("raise_exception", (Callable) arguments -> raise(rendering, arguments));
    globals.put(
        "strftime_now",
        (Callable)
            arguments -> Strftime.format(arguments.bind("strftime_now", "format").text(0), now));
    return globals;
  }

  private static Object raise(Rendering rendering, Arguments arguments) {
    Object message = arguments.bind("raise_exception", "message").required(0);
    throw TemplateException.raised(rendering.print(message));
  }

  private static <T> T guarded(Expression.Computation<T> computation) {
    try {
      return computation.run();
    } catch (StackOverflowError e) {
      throw new TemplateException("the chat template or its data is nested too deeply");
    }
  }
}
