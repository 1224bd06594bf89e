package dev.palimpsest.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The upper right edge of points in a plane where more is better on both axes. */
public final class Hull {
  /** A point of the plane. */
  public record Spot(double x, double y) {}

  private Hull() {}

  /**
   * Returns the corners of the convex hull from the highest point to the one furthest right, by x:
   * the part of Andrew's monotone chain (Information Processing Letters 9 (1979) 216–219) on which
   * no other point, nor a mixture of two, is better on both axes.
   */
  public static List<Spot> upperRight(List<Spot> spots) {
    List<Spot> sorted =
        spots.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Spot::x).thenComparingDouble(Spot::y))
            .toList();
    List<Spot> chain = new ArrayList<>();
    for (Spot next : sorted) {
      while (chain.size() > 1 && turn(chain.get(chain.size() - 2), last(chain), next) >= 0) {
        chain.remove(chain.size() - 1);
      }
      chain.add(next);
    }
    double highest = chain.stream().mapToDouble(Spot::y).max().orElse(0);
    while (chain.size() > 1 && chain.get(0).y() < highest) {
      chain.remove(0);
    }
    return List.copyOf(chain);
  }

  /** Tells whether nothing else is at least as good on both axes and better on one. */
  public static boolean isDominated(Spot spot, Spot by) {
    boolean noWorse = by.x() >= spot.x() && by.y() >= spot.y();
    return noWorse && (by.x() > spot.x() || by.y() > spot.y());
  }

  private static Spot last(List<Spot> chain) {
    return chain.get(chain.size() - 1);
  }

  /** Positive where the way from a over b to c turns left. */
  private static double turn(Spot a, Spot b, Spot c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
  }
}
