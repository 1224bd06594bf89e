package dev.palimpsest.jinja;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code %} operator of texts: {@code '%s of %d' % (a, b)}. */
final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "%(?:\\(([^)]*)\\))?([-+ 0#]*)(\\*|[0-9]{0,9})(?:\\.(\\*|[0-9]{0,4}))?[hlL]?([a-zA-Z%])",
          Pattern.DOTALL);

  private final Rendering rendering;
  private final Object values;
  private final boolean escapes;
  private final List<Object> positional;
  private int used;

  private PercentFormat(Rendering rendering, Object values, boolean escapes) {
    this.rendering = rendering;
    this.values = values;
    this.escapes = escapes;
    this.positional = values instanceof Tuple tuple ? tuple : new Tuple(values);
  }

  static String format(Rendering rendering, String format, Object values) {
    return new PercentFormat(rendering, values, false).format(format);
  }

  /** Formats markup; the texts of its fields are escaped. */
  static Markup escaping(Rendering rendering, Markup format, Object values) {
    return new Markup(new PercentFormat(rendering, values, true).format(format.text()));
  }

  private String format(String format) {
    Output out = new Output(rendering.budget());
    Matcher field = FIELD.matcher(format);
    int at = 0;
    for (int next = format.indexOf('%'); next >= 0; next = format.indexOf('%', at)) {
      out.write(format.substring(at, next));
      if (!field.find(next) || field.start() != next) {
        throw new TemplateException("'" + format + "' has an incomplete or unknown % field");
      }
      out.write(field(field));
      at = field.end();
    }
    out.write(format.substring(at));
    checkAllUsed();
    return out.text();
  }

  private void checkAllUsed() {
    if (values instanceof Tuple && used < positional.size()) {
      throw new TemplateException("not all arguments were used by the format '%'");
    }
    boolean single =
        !(values instanceof Tuple)
            && !(values instanceof Map<?, ?>)
            && !(values instanceof Undefined);
    if (single && used == 0 && !(values instanceof List<?>)) {
      throw new TemplateException("not all arguments were used by the format '%'");
    }
  }

  private String field(Matcher field) {
    String type = field.group(5);
    if (type.equals("%")) {
      if (!field.group().equals("%%")) {
        throw new TemplateException("'" + field.group() + "' is no % field");
      }
      return "%";
    }
    Object named = field.group(1) == null ? null : named(field.group(1));
    String width = number(field.group(3));
    String precision = number(field.group(4));
    Object value = field.group(1) == null ? next() : named;
    String flags = field.group(2) + (width.startsWith("-") ? "-" : "");
    return spec(flags, width.replace("-", ""), precision, type)
        .apply(rendering, argument(type, value));
  }

  /** Returns the digits of a width or precision; {@code *} takes the next argument. */
  private String number(String written) {
    if (written == null) {
      return "";
    }
    if (!written.equals("*")) {
      return written.isEmpty() ? "0" : written;
    }
    return Long.toString(Math.max(-999_999_999, Math.min(999_999_999, Types.toLong(next()))));
  }

  private static FormatSpec spec(String flags, String width, String precision, String type) {
    boolean number = !"srac".contains(type);
    boolean zero = flags.contains("0") && number && !flags.contains("-");
    return new FormatSpec(
        zero ? "0" : " ",
        flags.contains("-") ? "<" : zero ? "=" : ">",
        flags.contains("+") ? "+" : flags.contains(" ") ? " " : "-",
        flags.contains("#") && number,
        false,
        Long.parseLong(width),
        "",
        precision.isEmpty() || type.equals("c") ? -1 : Math.max(0, Integer.parseInt(precision)),
        switch (type) {
          case "i", "u" -> "d";
          case "r", "a", "c" -> "s";
          default -> type;
        });
  }

  private Object argument(String type, Object value) {
    return switch (type) {
      case "s" -> escapes ? Markup.escaped(rendering, value) : rendering.print(value);
      case "r" -> quoted(Printer.repr(rendering.budget(), value));
      case "a" -> quoted(Printer.ascii(Printer.repr(rendering.budget(), value)));
      case "d", "i", "u" -> {
        requireNumber(type, value);
        yield value instanceof Double number ? Numbers.truncated(number) : Types.toBig(value);
      }
      case "x", "X", "o" -> Types.toBig(value);
      case "e", "E", "f", "F", "g", "G" -> {
        requireNumber(type, value);
        yield Types.toDouble(value);
      }
      case "c" -> value instanceof String text ? one(text) : character(Types.toLong(value));
      default -> throw new TemplateException("unsupported format character '" + type + "'");
    };
  }

  private String quoted(String repr) {
    return escapes ? Markup.escape(repr) : repr;
  }

  private static String one(String text) {
    if (PythonText.length(text) != 1) {
      throw new TemplateException("%c needs one character, not '" + text + "'");
    }
    return text;
  }

  static String character(long codePoint) {
    if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
      throw new TemplateException(codePoint + " is no character");
    }
    return Character.toString((int) codePoint);
  }

  private static void requireNumber(String type, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!Types.isNumber(value)) {
      throw new TemplateException(
          "%%%s needs a number, not '%s'".formatted(type, Types.nameOf(value)));
    }
  }

  private Object next() {
    if (used >= positional.size()) {
      throw new TemplateException("not enough arguments for the format '%'");
    }
    return positional.get(used++);
  }

  private Object named(String key) {
    if (!(values instanceof Map<?, ?> map)) {
      throw new TemplateException("the operator '%' needs a dict for a field with a name");
    }
    if (!map.containsKey(key)) {
      throw new TemplateException("the operator '%' finds no argument '" + key + "'");
    }
    return map.get(key);
  }
}
