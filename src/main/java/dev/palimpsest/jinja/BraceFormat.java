package dev.palimpsest.jinja;

import java.util.List;

/**
 * str.format: {@code {}}, {@code {0}}, {@code {name}}, with attributes, items and a specification.
 */
final class BraceFormat {
  private final Rendering rendering;
  private final String format;
  private final Arguments arguments;
  private final Output out;
  private int at;
  private final boolean escapes;
  private int automatic;
  private boolean counts;
  private boolean numbered;

  private BraceFormat(Rendering rendering, String format, Arguments arguments, boolean escapes) {
    this.rendering = rendering;
    this.escapes = escapes;
    this.format = format;
    this.arguments = arguments;
    this.out = new Output(rendering.budget());
  }

  static String format(Rendering rendering, String format, Arguments arguments) {
    return new BraceFormat(rendering, format, arguments, false).format();
  }

  /** Formats the text of markup; what is put in is escaped. */
  static String escaping(Rendering rendering, String format, Arguments arguments) {
    return new BraceFormat(rendering, format, arguments, true).format();
  }

  private String format() {
    while (at < format.length()) {
      next();
    }
    return out.text();
  }

  private void next() {
    char c = format.charAt(at);
    if ((c == '{' || c == '}') && at + 1 < format.length() && format.charAt(at + 1) == c) {
      out.write(String.valueOf(c));
      at += 2;
    } else if (c == '{') {
      int end = format.indexOf('}', at);
      if (end < 0) {
        throw new TemplateException("format(): a '{' is not closed");
      }
      out.write(field(format.substring(at + 1, end)));
      at = end + 1;
    } else if (c == '}') {
      throw new TemplateException("format(): a single '}' should be written '}}'");
    } else {
      int end = at;
      while (end < format.length() && format.charAt(end) != '{' && format.charAt(end) != '}') {
        end++;
      }
      out.write(format.substring(at, end));
      at = end;
    }
  }

  private String field(String field) {
    if (field.indexOf('{') >= 0) {
      throw new TemplateException("format(): a field inside a specification is not supported");
    }
    int colon = field.indexOf(':');
    String path = colon < 0 ? field : field.substring(0, colon);
    FormatSpec spec = FormatSpec.parse(colon < 0 ? "" : field.substring(colon + 1));
    int mark = path.indexOf('!');
    Object value = value(mark < 0 ? path : path.substring(0, mark));
    Object converted = converted(value, mark < 0 ? "" : path.substring(mark));
    if (converted instanceof Markup markup && escapes) {
      return markup.text();
    }
    if (spec.precision() >= 0 && Types.isInteger(converted) && !spec.showsFloats()) {
      throw new TemplateException("format(): a whole number takes no precision");
    }
    String text = spec.apply(rendering, Markup.plain(converted));
    return escapes ? Markup.escape(text) : text;
  }

  private Object converted(Object value, String conversion) {
    return switch (conversion) {
      case "" -> value;
      case "!s" -> rendering.print(value);
      case "!r" -> Printer.repr(rendering.budget(), value);
      case "!a" -> Printer.ascii(Printer.repr(rendering.budget(), value));
      default -> throw new TemplateException("format(): unknown conversion '" + conversion + "'");
    };
  }

  private Object value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    Object value = argument(path.substring(0, end));
    while (end < path.length()) {
      boolean dot = path.charAt(end) == '.';
      int stop = end + 1;
      while (stop < path.length() && (dot ? ".[" : "]").indexOf(path.charAt(stop)) < 0) {
        stop++;
      }
      String name = path.substring(end + 1, stop);
      value = dot ? Attributes.attribute(rendering, value, name) : item(value, name);
      end = dot ? stop : stop + 1;
    }
    return value;
  }

  private Object item(Object value, String name) {
    boolean index = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    return Attributes.item(rendering, value, index ? (Object) position(name) : name);
  }

  private Object argument(String name) {
    boolean number = name.isEmpty() || name.chars().allMatch(Character::isDigit);
    if (!number) {
      if (!arguments.named().containsKey(name)) {
        throw new TemplateException("format() has no argument '" + name + "'");
      }
      return arguments.named().get(name);
    }
    counts |= name.isEmpty();
    numbered |= !name.isEmpty();
    if (counts && numbered) {
      throw new TemplateException("format(): fields are either all numbered or all without number");
    }
    long position = name.isEmpty() ? automatic++ : position(name);
    List<Object> positional = arguments.positional();
    if (position >= positional.size()) {
      throw new TemplateException("format() has no argument " + position);
    }
    return positional.get((int) position);
  }

  private static long position(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
  }
}
