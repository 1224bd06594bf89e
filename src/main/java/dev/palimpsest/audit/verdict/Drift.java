package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.FixedSuite;
import dev.palimpsest.stats.Multiplicity;
import dev.palimpsest.stats.SignFlip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of the items of one topic, or of one cluster: described, and never a gate.
 *
 * @param kind "topic" or "cluster"
 * @param name of it, as the suite has it
 * @param n items with a score on both sides
 * @param lost of these
 * @param gained of these
 * @param p two-sided mid-p of "lost and gained are equally likely", whole clusters changing sides
 * @param pHolm the same, adjusted for all rows of its kind in this finding
 * @param qDrift the same by Benjamini and Hochberg: the share of false ones in a list of those with
 *     at most this q
 * @param beyondFloor whether more than noise alone turns; true where no noise was measured
 */
public record Drift(
    String kind,
    String name,
    int n,
    int lost,
    int gained,
    double p,
    double pHolm,
    double qDrift,
    boolean beyondFloor) {
  private static final String TOPIC = "topic";

  /** Clusters of fewer items cannot show anything by themselves. */
  private static final int SMALLEST_CLUSTER = 5;

  public Drift {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(name, "name is null");
  }

  /** Returns tuned − base. */
  public double delta() {
    return (double) (gained - lost) / n;
  }

  /** Tells whether it may be called drift: proven over all rows of its kind, and beyond noise. */
  public boolean isProven(double alpha) {
    return pHolm <= alpha && beyondFloor;
  }

  /** Returns the topics, then the larger clusters, of a finding: likeliest drift first. */
  static List<Drift> of(
      PlannedSuite suite, List<PairBrief> all, Optional<NoiseFloor> floor, double alpha) {
    List<PairBrief> pairs = all.stream().filter(FindingsEvidence::isComparable).toList();
    Noise noise = new Noise(floor, 1 - 2 * alpha);
    List<Drift> drift = new ArrayList<>();
    if (suite.topics().values().stream().distinct().count() > 1) {
      drift.addAll(
          rows(TOPIC, suite, groups(pairs, pair -> suite.topics().get(pair.itemId())), noise));
    }
    Map<String, List<PairBrief>> clusters = groups(pairs, pair -> suite.cluster(pair.itemId()));
    clusters.values().removeIf(members -> members.size() < SMALLEST_CLUSTER);
    drift.addAll(rows("cluster", suite, clusters, noise));
    return drift;
  }

  /** What noise alone turns. */
  private record Noise(Optional<NoiseFloor> floor, double level) {
    boolean isExceeded(int lost, int gained, int n) {
      if (floor.isEmpty() || floor.get().n() == 0) {
        return true;
      }
      double share = (double) (floor.get().lost() + floor.get().gained()) / floor.get().n();
      return Math.abs(lost - gained) > n * FixedSuite.noise(level, share, n);
    }
  }

  private static Map<String, List<PairBrief>> groups(
      List<PairBrief> pairs, Function<PairBrief, String> name) {
    return pairs.stream()
        .filter(pair -> name.apply(pair) != null)
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
  }

  private static List<Drift> rows(
      String kind, PlannedSuite suite, Map<String, List<PairBrief>> groups, Noise noise) {
    List<Map.Entry<String, List<PairBrief>>> rows = List.copyOf(groups.entrySet());
    double[] p =
        rows.stream()
            .mapToDouble(row -> SignFlip.midP(FindingsEvidence.sums(suite, row.getValue())))
            .toArray();
    double[] holm = Multiplicity.holm(p);
    double[] q = Multiplicity.benjaminiHochberg(p);
    List<Drift> drift = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      List<PairBrief> pairs = rows.get(i).getValue();
      int lost = count(pairs, Change.LOST);
      int gained = count(pairs, Change.GAINED);
      boolean beyond = noise.isExceeded(lost, gained, pairs.size());
      drift.add(
          new Drift(
              kind, rows.get(i).getKey(), pairs.size(), lost, gained, p[i], holm[i], q[i], beyond));
    }
    drift.sort(Comparator.comparingDouble(Drift::p).thenComparing(Drift::name));
    return drift;
  }

  private static int count(List<PairBrief> pairs, Change change) {
    return (int) pairs.stream().filter(pair -> pair.change() == change).count();
  }
}
