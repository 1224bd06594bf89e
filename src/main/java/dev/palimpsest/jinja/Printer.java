package dev.palimpsest.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes values as Python's str() and repr() do. */
final class Printer {
  private final Budget budget;
  private final Output out;

  private Printer(Budget budget) {
    this.budget = budget;
    this.out = new Output(budget);
  }

  /** Returns str(value): a text as it is, nothing for an undefined value, else its repr. */
  static String text(Budget budget, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    return value instanceof Undefined ? "" : repr(budget, value);
  }

  static String repr(Budget budget, Object value) {
    Printer printer = new Printer(budget);
    printer.print(value);
    return printer.out.text();
  }

  private void print(Object value) {
    if (value instanceof String text) {
      out.write(quoted(text));
    } else if (value instanceof Markup markup) {
      out.write("Markup(" + quoted(markup.text()) + ")");
    } else if (value instanceof Map<?, ?> map) {
      printMap(map);
    } else if (value instanceof Range range) {
      out.write(range.printed());
    } else if (value instanceof List<?> list) {
      String[] brackets = list instanceof Tuple ? new String[] {"(", ")"} : new String[] {"[", "]"};
      String tail = list instanceof Tuple && list.size() == 1 ? "," : "";
      printList(brackets[0], list, tail + brackets[1]);
    } else if (value instanceof DictView view) {
      printList(view.typeName() + "([", view.items(), "])");
    } else {
      out.write(value instanceof Instance instance ? instance.printed(budget) : scalar(value));
    }
  }

  private static String scalar(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Double number) {
      return Numbers.print(number);
    }
    if (value instanceof Long) {
      return value.toString();
    }
    if (value instanceof BigInteger number) {
      return Numbers.print(number);
    }
    return value instanceof Undefined ? "Undefined" : "<" + Types.nameOf(value) + " object>";
  }

  private void printList(String open, List<?> items, String close) {
    budget.visit();
    budget.enter();
    out.write(open);
    Iterator<?> iterator = items.iterator();
    while (iterator.hasNext()) {
      print(iterator.next());
      out.write(iterator.hasNext() ? ", " : "");
    }
    out.write(close);
    budget.leave();
  }

  private void printMap(Map<?, ?> map) {
    budget.visit();
    budget.enter();
    out.write("{");
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.write(separator);
      print(entry.getKey());
      out.write(": ");
      print(entry.getValue());
      separator = ", ";
    }
    out.write("}");
    budget.leave();
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> quoted.append(escaped(c, quote)));
    return quoted.append(quote).toString();
  }

  /** Returns a text whose characters beyond ASCII are escaped, as ascii() does. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints().forEach(c -> ascii.append(c < 128 ? Character.toString(c) : numeric(c)));
    return ascii.toString();
  }

  private static String escaped(int c, char quote) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default -> {
        if (c == quote) {
          yield "\\" + quote;
        }
        yield isPrintable(c) ? Character.toString(c) : numeric(c);
      }
    };
  }

  private static String numeric(int c) {
    if (c < 0x100) {
      return "\\x%02x".formatted(c);
    }
    return c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
  }

  /**
   * Tells what str.isprintable calls printable: no separator but the space, no control or
   * unassigned.
   */
  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
