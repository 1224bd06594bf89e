package dev.palimpsest.decoder.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template, parsed once and rendered as often as needed; safe for use by several threads. */
public final class Template {
  /**
   * Longest source that is parsed; the largest known chat templates have some 20,000 characters.
   */
  public static final int MAX_SOURCE = 1_000_000;

  private static final int MAX_DATA_DEPTH = 128;

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
          Rendering rendering = new Rendering();
          Frame root = Frame.root(rendering, globals(rendering, now)).inner();
          variables.forEach((name, value) -> root.set(name, data(value, 0)));
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

  /** Copies data into the kinds of values that templates hold. */
  private static Object data(Object value, int depth) {
    if (depth > MAX_DATA_DEPTH) {
      throw new TemplateException("the data for the template is nested too deeply");
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(data(key, depth + 1), data(entry, depth + 1)));
      return copy;
    }
    if (value instanceof Collection<?> collection) {
      List<Object> copy = new ArrayList<>(collection.size());
      collection.forEach(item -> copy.add(data(item, depth + 1)));
      return copy;
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger number) {
      return Numbers.whole(number);
    }
    if (value instanceof BigDecimal || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean;
    if (!plain) {
      throw new IllegalArgumentException("a template cannot hold a " + value.getClass().getName());
    }
    return value;
  }

  private static <T> T guarded(Expression.Computation<T> computation) {
    try {
      return computation.run();
    } catch (StackOverflowError e) {
      throw new TemplateException("the chat template or its data is nested too deeply");
    }
  }
}
