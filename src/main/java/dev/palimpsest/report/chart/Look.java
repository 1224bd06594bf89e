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

    /**
     * Returns the path around a centre.
     *
     * @param r half the marker's width
     */
    String path(double x, double y, double r) {
      String way =
          switch (this) {
            case CIRCLE -> "m-R 0a R R 0 1 0 D 0a R R 0 1 0 -D 0Z";
            case UP -> "m0 -R lR Dh-DZ";
            case DOWN -> "m0 R lR -Dh-DZ";
            case DIAMOND -> "m0 -R lR R l-R R l-R -RZ";
          };
      return "M"
          + Svg.number(x)
          + " "
          + Svg.number(y)
          + way.replace("D", Svg.number(2 * r)).replace("R", Svg.number(r));
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
