package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ChanceLevel;
import dev.palimpsest.stats.PairedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says which part of a suite a certificate rests on. A tier that the base can only guess at can
 * lose nothing, so it dilutes a drop in the others; a topic at or below guessing neither.
 */
final class TierClaim {
  private static final double CHANCE_ALPHA = 0.05;
  private static final int FEWEST_OF_TIER = 10;
  private static final int FEWEST_OF_TOPIC = 5;
  private static final int TOPICS_NAMED = 3;

  private final PlannedSuite suite;
  private final List<PairBrief> scored;
  private final double alpha;
  private final double floor;

  private TierClaim(FindingsEvidence evidence, double alpha) {
    this.suite = evidence.suite();
    this.scored = evidence.briefs().stream().filter(FindingsEvidence::isComparable).toList();
    this.alpha = alpha;
    this.floor = evidence.floorShare();
  }

  /**
   * Returns the sentences, with a space before; "" where the whole suite stands behind the verdict.
   *
   * @param alpha one-sided level of the gate
   */
  static String of(FindingsEvidence evidence, Verdict verdict, double alpha) {
    if (!verdict.passes()) {
      return "";
    }
    TierClaim claim = new TierClaim(evidence, alpha);
    return claim.tiers() + claim.topics();
  }

  private String tiers() {
    Map<String, PairedTable> tiers = new LinkedHashMap<>();
    for (String tier : Tiers.ORDER) {
      PairedTable table = table(scored.stream().filter(p -> isOf(tier, p)).toList());
      if (table.n() >= FEWEST_OF_TIER) {
        tiers.put(tier, table);
      }
    }
    List<String> guessed = tiers.keySet().stream().filter(t -> isGuessed(tiers.get(t))).toList();
    List<String> able = tiers.keySet().stream().filter(t -> !guessed.contains(t)).toList();
    if (guessed.isEmpty() || able.isEmpty()) {
      return "";
    }
    return " " + claim(able) + "; " + guessed(guessed, tiers) + ".";
  }

  /** The rest has to be judged by itself: what a tier without skill adds are items without loss. */
  private String claim(List<String> able) {
    List<PairBrief> rest =
        scored.stream().filter(p -> able.stream().anyMatch(t -> isOf(t, p))).toList();
    double upper =
        FindingsEvidence.clustered(suite, rest)
            .map(pairs -> new FindingsInterval(pairs, alpha, floor).drop(suite.margin()).high())
            .orElse(1.0);
    String names = joined(able);
    if (upper < suite.margin()) {
      return "Certified for " + names + ", on which alone any drop is proven below the margin too";
    }
    return "The claim rests on "
        + names
        + ", on which alone a drop of up to "
        + Points.of(upper)
        + " points is not excluded";
  }

  private String guessed(List<String> guessed, Map<String, PairedTable> tiers) {
    return guessed.stream()
            .map(
                tier -> {
                  PairedTable table = tiers.get(tier);
                  int right = table.bothRight() + table.lost();
                  return tier + " (" + right + " of " + table.n() + " right)";
                })
            .collect(Collectors.joining(" and "))
        + (guessed.size() == 1 ? " is at " : " are at ")
        + (suite.chance() > 0 ? "chance" : "the floor")
        + " on this base";
  }

  /** No better than guessing; without a chance level, with less to lose than the margin. */
  private boolean isGuessed(PairedTable table) {
    int right = table.bothRight() + table.lost();
    return suite.chance() > 0
        ? ChanceLevel.pValue(right, table.n(), suite.chance()) > CHANCE_ALPHA
        : right <= suite.margin() * table.n();
  }

  private String topics() {
    Map<String, int[]> topics = new TreeMap<>();
    for (PairBrief pair : scored) {
      String topic = suite.topics().get(pair.itemId());
      if (topic != null) {
        int[] count = topics.computeIfAbsent(topic, any -> new int[2]);
        count[0] += isRightOnBase(pair) ? 1 : 0;
        count[1]++;
      }
    }
    List<String> floor = new ArrayList<>();
    topics.forEach(
        (topic, count) -> {
          if (count[1] >= FEWEST_OF_TOPIC && count[0] <= suite.chance() * count[1]) {
            floor.add(topic + " (" + count[0] + " of " + count[1] + ")");
          }
        });
    if (floor.isEmpty()) {
      return "";
    }
    int more = floor.size() - TOPICS_NAMED;
    String named = String.join(", ", floor.subList(0, Math.min(TOPICS_NAMED, floor.size())));
    return " The base has "
        + (suite.chance() > 0 ? "no more right than guessing would" : "nothing right")
        + " in "
        + (floor.size() == 1 ? "the topic " : "the topics ")
        + named
        + (more > 0 ? " and " + more + " more" : "")
        + ", of which this says nothing.";
  }

  private boolean isOf(String tier, PairBrief pair) {
    return tier.equals(suite.tiers().get(pair.itemId()));
  }

  private static boolean isRightOnBase(PairBrief pair) {
    return pair.change() == Change.BOTH_RIGHT || pair.change() == Change.LOST;
  }

  private static PairedTable table(List<PairBrief> pairs) {
    return FindingsCounts.of(pairs).table();
  }

  private static String joined(List<String> words) {
    return String.join(" and ", words);
  }
}
