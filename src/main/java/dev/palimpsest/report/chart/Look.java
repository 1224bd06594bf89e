package dev.palimpsest.report.chart;

/**
 * How a verdict looks in a drawing: its shape and words say what its colour says.
 *
 * @param shape of its marker
 * @param hollow whether the marker is an outline: nothing is decided, or not how much
 * @param tone CSS class suffix: "pass", "warn", "fail" or "open"
 * @param sign one character for running text
 * @param word the verdict in words
 */
public record Look(Shape shape, boolean hollow, String tone, String sign, String word) {
  private static final String PASS = "#0072B2";
  private static final String WARN = "#A67C00";
  private static final String FAIL = "#D55E00";
  private static final String OPEN = "#6B7280";

  /** The markers' shapes. */
  public enum Shape {
    CIRCLE,
    UP,
    DOWN,
    DIAMOND;

    /** Returns the path around a centre. */
    String path(double x, double y) {
      return switch (this) {
        case CIRCLE -> "M" + Svg.number(x - 7) + " " + Svg.number(y) + "a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z";
        case UP -> "M" + Svg.number(x) + " " + Svg.number(y - 9) + "l8 16h-16Z";
        case DOWN -> "M" + Svg.number(x) + " " + Svg.number(y + 9) + "l8 -16h-16Z";
        case DIAMOND -> "M" + Svg.number(x) + " " + Svg.number(y - 8) + "l8 8l-8 8l-8 -8Z";
      };
    }
  }

  /** Returns the colour that a drawing has without a page's style sheet; 3:1 on white or more. */
  String colour() {
    return switch (tone) {
      case "pass" -> PASS;
      case "warn" -> WARN;
      case "fail" -> FAIL;
      default -> OPEN;
    };
  }

  /** Returns the sign and the word, "▼ Failed". */
  public String text() {
    return sign + " " + word;
  }
}
