package dev.palimpsest.report.chart;

/**
 * Small drawings side by side, as many in a row as have room.
 *
 * @param columns in a row
 * @param width of each
 * @param height of each, with the room below
 */
record Panels(int columns, double width, double height) {
  private static final double GAP = 26;

  static Panels of(Size size, double height) {
    int columns = size == Size.WIDE ? 3 : 1;
    return new Panels(columns, (size.width() - GAP * (columns - 1)) / columns, height);
  }

  double x(int index) {
    return index % columns * (width + GAP);
  }

  double y(int index) {
    int row = index / columns;
    return row * height;
  }

  /** Returns the height of all. */
  double total(int panels) {
    return Math.ceil(panels / (double) columns) * height;
  }
}
