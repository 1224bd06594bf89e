package dev.palimpsest.decoder.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code %} operator of texts: {@code '%s of %d' % (a, b)}. */
final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "%(?:\\(([^)]*)\\))?([-+ 0#]*)([0-9]{0,9})(?:\\.([0-9]{0,4}))?[hlL]?([a-zA-Z%])",
          Pattern.DOTALL);

  private final Budget budget;
  private final Object values;
  private final List<Object> positional;
  private int used;

  private PercentFormat(Budget budget, Object values) {
    this.budget = budget;
    this.values = values;
    this.positional = values instanceof Tuple tuple ? tuple : new Tuple(values);
  }

  static String format(Budget budget, String format, Object values) {
    PercentFormat formatter = new PercentFormat(budget, values);
    Output out = new Output(budget);
    Matcher field = FIELD.matcher(format);
    int at = 0;
    for (int next = format.indexOf('%'); next >= 0; next = format.indexOf('%', at)) {
      out.write(format.substring(at, next));
      if (!field.find(next) || field.start() != next) {
        throw new TemplateException("'" + format + "' has an incomplete or unknown % field");
      }
      out.write(formatter.field(field));
      at = field.end();
    }
    out.write(format.substring(at));
    formatter.checkAllUsed();
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
      return "%";
    }
    Object value = field.group(1) == null ? next() : named(field.group(1));
    return spec(field, type).apply(budget, argument(type, value));
  }

  private static FormatSpec spec(Matcher field, String type) {
    String flags = field.group(2);
    boolean number = !"sra".contains(type);
    boolean zero = flags.contains("0") && number && !flags.contains("-");
    String precision = field.group(4);
    int digits = precision == null ? -1 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
    boolean whole = "diuxXoc".contains(type);
    return new FormatSpec(
        zero ? "0" : " ",
        flags.contains("-") ? "<" : zero ? "=" : ">",
        flags.contains("+") ? "+" : flags.contains(" ") ? " " : "-",
        flags.contains("#"),
        field.group(3).isEmpty() ? 0 : Long.parseLong(field.group(3)),
        "",
        whole ? -1 : digits,
        switch (type) {
          case "i", "u" -> "d";
          case "r", "a", "c" -> "s";
          default -> type;
        });
  }

  private Object argument(String type, Object value) {
    return switch (type) {
      case "s" -> Printer.text(budget, value);
      case "r", "a" -> Printer.repr(budget, value);
      case "d", "i", "u" -> {
        requireNumber(type, value);
        yield value instanceof Double number ? (Object) number.longValue() : Types.toLong(value);
      }
      case "x", "X", "o" -> Types.toLong(value);
      case "e", "E", "f", "F", "g", "G" -> {
        requireNumber(type, value);
        yield Types.toDouble(value);
      }
      case "c" -> value instanceof String text ? text : character(Types.toLong(value));
      default -> throw new TemplateException("unsupported format character '" + type + "'");
    };
  }

  private static String character(long codePoint) {
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
