package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.RareBound;
import dev.palimpsest.stats.ClopperPearson;
import dev.palimpsest.suite.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often something happened on a tuned arm, counted over clusters: items of one cluster are no
 * independent trials, so a cluster counts once, with the worst of its items. What has no score may
 * be an event: it counts against a bound that is to be proven, and not for one that is broken.
 *
 * @param events clusters with an event
 * @param unknown clusters without one, but with an item that has no score
 * @param trials all clusters
 */
record RareEvents(int events, int unknown, int trials) {
  /** What an item says of its cluster, the better first. */
  private enum Sign {
    NONE,
    UNKNOWN,
    EVENT
  }

  static RareEvents of(
      RareBound bound,
      PlannedSuite suite,
      String tuned,
      List<PairBrief> pairs,
      Conditions.Texts texts) {
    Map<String, Sign> clusters = new HashMap<>();
    if (bound.rate() == RareBound.Rate.WRONG) {
      pairs.forEach(pair -> add(clusters, suite.cluster(pair.itemId()), wrong(pair.change())));
    } else {
      texts
          .of(suite.suite(), tuned)
          .forEach(pair -> add(clusters, suite.cluster(pair.base().itemId()), fabricated(pair)));
    }
    return new RareEvents(
        count(clusters, Sign.EVENT), count(clusters, Sign.UNKNOWN), clusters.size());
  }

  private static int count(Map<String, Sign> clusters, Sign wanted) {
    return (int) clusters.values().stream().filter(sign -> sign == wanted).count();
  }

  private static void add(Map<String, Sign> clusters, String cluster, Sign sign) {
    if (sign != null) {
      clusters.merge(cluster, sign, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }

  private static Sign wrong(Change change) {
    return switch (change) {
      case GAINED, BOTH_RIGHT -> Sign.NONE;
      case LOST, BOTH_WRONG -> Sign.EVENT;
      case NOT_COMPARABLE -> Sign.UNKNOWN;
    };
  }

  /** Returns null for a question that has an answer: it cannot get an invented one. */
  private static Sign fabricated(PairedOutcome pair) {
    if (pair.tuned().evidence() instanceof Evidence.Twin twin) {
      return twin.answerable() ? null : twin.fabricated() ? Sign.EVENT : Sign.NONE;
    }
    return Sign.UNKNOWN;
  }

  /** Returns whether a rate of at most {@code max} is proven, ruled out, or neither. */
  Condition.Result judge(double max, double alpha) {
    if (upper(alpha) <= max) {
      return Condition.Result.PASS;
    }
    return trials > 0 && ClopperPearson.lower(events, trials, alpha) > max
        ? Condition.Result.FAIL
        : Condition.Result.NOT_PROVEN;
  }

  private double upper(double alpha) {
    return trials == 0 ? 1 : ClopperPearson.upper(events + unknown, trials, alpha);
  }

  String sentence(RareBound bound, double alpha) {
    String asked = "the policy asks for at most " + Points.percent(bound.max());
    String proof = "one-sided " + Points.percent(1 - alpha) + " bound of Clopper and Pearson";
    String outcome =
        switch (judge(bound.max(), alpha)) {
          case PASS -> "the rate is proven to be at most " + bound(alpha);
          case FAIL -> "the rate is proven to be above that";
          default -> "a rate of up to " + bound(alpha) + " is not excluded";
        };
    return counted(bound)
        + ": "
        + asked
        + ", and "
        + outcome
        + " ("
        + proof
        + ")"
        + more(bound.max(), alpha)
        + ".";
  }

  /** Rounds a bound up, so that it holds as it is printed. */
  private String bound(double alpha) {
    return String.format(Locale.ROOT, "%.2f%%", Math.ceil(upper(alpha) * 10_000) / 100);
  }

  private String counted(RareBound bound) {
    String what =
        bound.rate() == RareBound.Rate.WRONG
            ? "%d of %d independent items are wrong"
            : "%d of %d independent questions without an answer get an invented one";
    String missing = unknown == 0 ? "" : ", and " + unknown + " have no score";
    return String.format(Locale.ROOT, what, events, trials) + missing;
  }

  /** Without any event a bound takes ln α / ln (1 − max) trials. */
  private String more(double max, double alpha) {
    int fewest = (int) Math.ceil(Math.log(alpha) / Math.log1p(-max));
    return trials >= fewest
        ? ""
        : String.format(Locale.ROOT, "; even without any event it takes %,d of them", fewest);
  }
}
