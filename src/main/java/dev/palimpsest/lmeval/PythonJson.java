package dev.palimpsest.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The text that Python's {@code json.dumps(value, indent=2, ensure_ascii=False)} makes of a value,
 * for lm-eval's hashes of documents.
 */
final class PythonJson {
  private static final String STEP = "  ";

  private final StringBuilder text = new StringBuilder();

  private PythonJson() {}

  static String indented(JsonNode value) {
    PythonJson json = new PythonJson();
    json.write(value, "\n");
    return json.text.toString();
  }

  /**
   * Writes a value.
   *
   * @param margin the line break and spaces in front of the value's closing bracket
   */
  private void write(JsonNode value, String margin) {
    if (value.isObject()) {
      list('{', '}', value.properties(), margin, each -> field(each, margin + STEP));
    } else if (value.isArray()) {
      list('[', ']', value, margin, each -> write(each, margin + STEP));
    } else if (value.isTextual()) {
      quote(value.textValue());
    } else {
      text.append(value.isFloatingPointNumber() ? PythonNumber.text(value.doubleValue()) : value);
    }
  }

  private <T> void list(
      char open, char close, Iterable<T> elements, String margin, Consumer<T> write) {
    text.append(open);
    String before = margin + STEP;
    boolean empty = true;
    for (T element : elements) {
      text.append(empty ? "" : ",").append(before);
      write.accept(element);
      empty = false;
    }
    text.append(empty ? "" : margin).append(close);
  }

  private void field(Map.Entry<String, JsonNode> field, String margin) {
    quote(field.getKey());
    text.append(": ");
    write(field.getValue(), margin);
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      text.append(escaped(string.charAt(i)));
    }
    text.append('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
