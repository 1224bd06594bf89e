package dev.palimpsest.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a property and an event go together where observations come in clusters: the score test
 * of an association, with the variance taken over clusters (Liang and Zeger 1986, the sandwich of a
 * model with an intercept under the null), times C / (C − 1).
 */
public final class ClusteredAssociation {
  private ClusteredAssociation() {}

  /**
   * An observation.
   *
   * @param cluster what it shares with those that it depends on
   * @param marked whether it has the property
   * @param event whether the event happened
   */
  public record Observation(String cluster, boolean marked, boolean event) {}

  /**
   * Returns the one-sided p-value of the event being more frequent where the property is.
   *
   * @param observations in any order
   * @return in [0, 1]; 1 where there are fewer than two clusters, or nothing varies
   */
  public static double upperP(List<Observation> observations) {
    int n = observations.size();
    double marked = observations.stream().filter(Observation::marked).count() / (double) n;
    double events = observations.stream().filter(Observation::event).count() / (double) n;
    Map<String, Double> byCluster = new HashMap<>();
    for (Observation one : observations) {
      double score = ((one.marked ? 1 : 0) - marked) * ((one.event ? 1 : 0) - events);
      byCluster.merge(one.cluster, score, Double::sum);
    }
    int clusters = byCluster.size();
    double sum = byCluster.values().stream().mapToDouble(score -> score).sum();
    double squares = byCluster.values().stream().mapToDouble(score -> score * score).sum();
    if (clusters < 2 || squares == 0) {
      return 1;
    }
    double z = sum / Math.sqrt(squares * clusters / (clusters - 1.0));
    return Normal.probabilityBelow(-z);
  }
}
