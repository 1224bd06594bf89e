package dev.palimpsest.web;

import java.math.BigDecimal;

/**
 * Writes figures in the text exposition format of Prometheus, version 0.0.4: of each family a line
 * of help, one of its type, and its values.
 */
final class MetricsText {
  private final StringBuilder text = new StringBuilder();

  /** A family of figures that is being written; the next one ends it. */
  final class Family {
    private final String name;

    private Family(String name, String help, String type) {
      this.name = name;
      text.append("# HELP ").append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /**
     * Adds a figure.
     *
     * @param labels names and values in turn
     */
    Family value(double value, String... labels) {
      text.append(name);
      for (int i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
        text.append(escaped(labels[i + 1])).append('"');
      }
      text.append(labels.length > 0 ? "} " : " ");
      text.append(plain(value)).append('\n');
      return this;
    }
  }

  Family counter(String name, String help) {
    return new Family(name, help, "counter");
  }

  Family gauge(String name, String help) {
    return new Family(name, help, "gauge");
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
