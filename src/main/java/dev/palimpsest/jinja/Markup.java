package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that {@code safe} or {@code escape} marked as HTML, as markupsafe's Markup: what is joined
 * to it is escaped first.
 */
record Markup(String text) implements Instance {
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  /** Returns the value as HTML: markup as it is, anything else printed and escaped. */
  static String escaped(Rendering rendering, Object value) {
    return value instanceof Markup markup ? markup.text : escape(rendering.print(value));
  }

  /** Returns the text of markup and every other value as it is. */
  static Object plain(Object value) {
    return value instanceof Markup markup ? markup.text : value;
  }

  /** Marks texts, alone or in a list or tuple, that were made from markup. */
  static Object marked(Object value) {
    if (value instanceof String text) {
      return new Markup(text);
    }
    if (!(value instanceof List<?> list)) {
      return value;
    }
    List<Object> parts = new ArrayList<>(list.size());
    list.forEach(part -> parts.add(marked(part)));
    return value instanceof Tuple ? Tuple.copyOf(parts) : parts;
  }

  /** Joins two values of which one is markup, or gives {@link Instance#ABSENT}. */
  static Object concatenate(Object left, Object right) {
    return isText(left) && isText(right) ? new Markup(joinable(left) + joinable(right)) : ABSENT;
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Markup;
  }

  private static String joinable(Object value) {
    return value instanceof Markup markup ? markup.text : escape((String) value);
  }

  /** Returns a method of str that escapes what it adds and marks what it returns. */
  Object method(Rendering rendering, String name) {
    if (name.equals("escape")) {
      return (Callable)
          arguments ->
              new Markup(escaped(rendering, arguments.bind("escape", "object").required(0)));
    }
    if (name.equals("striptags")) {
      return (Callable) arguments -> MarkupFilters.withoutTags(text);
    }
    if (name.equals("unescape")) {
      return (Callable) arguments -> MarkupFilters.unescape(text);
    }
    if (name.equals("format")) {
      return (Callable) arguments -> new Markup(BraceFormat.escaping(rendering, text, arguments));
    }
    Object method = TextMethods.find(rendering, text, name);
    return method instanceof Callable callable
        ? (Callable) arguments -> marked(callable.call(added(rendering, name, arguments)))
        : ABSENT;
  }

  private static Arguments added(Rendering rendering, String name, Arguments arguments) {
    List<Object> values = new ArrayList<>(arguments.positional());
    boolean adds = List.of("replace", "ljust", "rjust", "center").contains(name);
    if (adds && values.size() > 1) {
      values.set(1, escaped(rendering, values.get(1)));
    }
    if (name.equals("join") && values.size() == 1) {
      List<Object> items = new ArrayList<>();
      Sequences.list(values.get(0)).forEach(item -> items.add(escaped(rendering, item)));
      values.set(0, items);
    }
    return new Arguments(values, arguments.named());
  }

  @Override
  public String typeName() {
    return "Markup";
  }
}
