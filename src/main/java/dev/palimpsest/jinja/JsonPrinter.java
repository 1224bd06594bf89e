package dev.palimpsest.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes values as Python's json.dumps does, which the tojson filter of chat templates is. */
final class JsonPrinter {
  /**
   * The options of json.dumps that templates use.
   *
   * @param ascii whether other characters are escaped
   * @param indent what one level is indented by, or null for one line
   * @param itemSeparator between entries
   * @param keySeparator between key and value
   * @param sortKeys whether keys are sorted
   */
  record Options(
      boolean ascii, String indent, String itemSeparator, String keySeparator, boolean sortKeys) {}

  private final Python python;
  private final Budget budget;
  private final Options options;
  private final Output out;
  private int level;

  private JsonPrinter(Python python, Budget budget, Options options) {
    this.python = python;
    this.budget = budget;
    this.out = new Output(budget);
    this.options = options;
  }

  static String print(Python python, Budget budget, Object value, Options options) {
    JsonPrinter printer = new JsonPrinter(python, budget, options);
    printer.value(value);
    return printer.out.text();
  }

  private void value(Object value) {
    if (value instanceof String text) {
      out.write(quoted(text));
    } else if (value instanceof Markup markup) {
      out.write(quoted(markup.text()));
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof List<?> list && !(value instanceof Range)) {
      list(list);
    } else {
      out.write(scalar(value));
    }
  }

  private static String scalar(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof BigInteger number) {
      return Numbers.print(number);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    throw new TemplateException(
        "an object of type " + Types.nameOf(value) + " cannot be written as JSON");
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Numbers.print(value);
  }

  private void list(List<?> list) {
    if (list.isEmpty()) {
      out.write("[]");
      return;
    }
    open("[");
    boolean first = true;
    for (Object item : list) {
      separate(first);
      value(item);
      first = false;
    }
    close("]");
  }

  private void map(Map<?, ?> map) {
    if (map.isEmpty()) {
      out.write("{}");
      return;
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (options.sortKeys()) {
      entries.sort((a, b) -> python.compare("<", a.getKey(), b.getKey()));
    }
    open("{");
    boolean first = true;
    for (Map.Entry<?, ?> entry : entries) {
      separate(first);
      out.write(quoted(key(entry.getKey())) + options.keySeparator());
      value(entry.getValue());
      first = false;
    }
    close("}");
  }

  private static String key(Object key) {
    return key instanceof String text ? text : scalar(key);
  }

  private void open(String bracket) {
    budget.enter();
    out.write(bracket);
    level++;
  }

  private void separate(boolean first) {
    out.write(first ? "" : options.itemSeparator());
    newLine();
  }

  private void close(String bracket) {
    level--;
    newLine();
    out.write(bracket);
    budget.leave();
  }

  private void newLine() {
    if (options.indent() != null) {
      out.write("\n");
      for (int i = 0; i < level; i++) {
        out.write(options.indent());
      }
    }
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        default -> {
          if (c < ' ' || (options.ascii() && c > '~')) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
