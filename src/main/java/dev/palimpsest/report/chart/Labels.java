package dev.palimpsest.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Places the names of points so that none lies on another name or point, where there is room. */
final class Labels {
  private static final double HEIGHT = 18;
  private static final double WIDTH_OF_A_CHARACTER = 7.9;

  private final double left;
  private final double right;
  private final double top;
  private final double bottom;
  private final List<Box> taken = new ArrayList<>();

  /**
   * Where a name stands.
   *
   * @param anchor of its text: "start", "middle" or "end"
   */
  record Place(double x, double y, String anchor) {}

  private record Box(double left, double top, double right, double bottom) {
    boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  /** Makes an empty plane with edges. */
  Labels(double left, double top, double right, double bottom) {
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
  }

  /** Keeps the names off a point. */
  void avoid(double x, double y) {
    taken.add(new Box(x - 9, y - 9, x + 9, y + 9));
  }

  /** Returns the place of a point's name, the first free one of those around it. */
  Place place(double x, double y, String name) {
    double width = name.codePointCount(0, name.length()) * WIDTH_OF_A_CHARACTER;
    List<Place> around = new ArrayList<>();
    for (double away : new double[] {0, 20, 40, 60}) {
      around.add(new Place(x + 14, y - 8 - away, "start"));
      around.add(new Place(x - 14, y - 8 - away, "end"));
      around.add(new Place(x + 14, y + 18 + away, "start"));
      around.add(new Place(x - 14, y + 18 + away, "end"));
    }
    for (Place place : around) {
      Box box = box(place, width);
      boolean inside =
          box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
      if (inside && taken.stream().noneMatch(box::meets)) {
        taken.add(box);
        return place;
      }
    }
    boolean roomRight = x + 14 + width <= right;
    return around.get(roomRight ? 0 : 1);
  }

  private static Box box(Place place, double width) {
    double from = place.anchor.equals("start") ? place.x : place.x - width;
    return new Box(from, place.y - HEIGHT + 4, from + width, place.y + 4);
  }
}
