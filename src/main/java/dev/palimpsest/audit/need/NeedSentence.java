package dev.palimpsest.audit.need;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.List;
import java.util.Optional;

/** Writes what is said of a tune and the ways to ask its base, with the numbers. */
final class NeedSentence {
  private NeedSentence() {}

  /**
   * Says whether the tune was needed.
   *
   * @param about the rival that the word is about
   */
  static String of(
      PlannedSuite suite,
      String tuned,
      double score,
      List<TuningNeed.Rival> rivals,
      Optional<TuningNeed.Rival> about,
      NeedWord word,
      AuditPlan plan) {
    String subject = CapabilityName.subject(suite.capability());
    if (about.isEmpty()) {
      return subject + ": not decided; no item has a score on all of these arms.";
    }
    TuningNeed.Rival rival = about.get();
    int n = rival.difference().table().n();
    String figures =
        tuned
            + " has "
            + Points.percent(score)
            + " of "
            + items(n)
            + " right, the base "
            + asked(rival)
            + " "
            + Points.percent(rival.score())
            + ": "
            + Points.signed(rival.difference().value())
            + " points "
            + interval(rival.difference(), plan);
    return subject + ": " + figures + ". " + meaning(suite, rival, rivals, word);
  }

  private static String asked(TuningNeed.Rival rival) {
    return rival
        .way()
        .map(
            way ->
                switch (way) {
                  case FEW_SHOT -> "after worked examples (" + rival.name() + ")";
                  case SYSTEM_PROMPT -> "under the system prompt";
                  default -> "with passages to read";
                })
        .orElse("asked plainly");
  }

  private static String meaning(
      PlannedSuite suite, TuningNeed.Rival rival, List<TuningNeed.Rival> rivals, NeedWord word) {
    String margin = Points.of(suite.margin()) + " points";
    return switch (word) {
      case PROMPT ->
          (rival.way().isEmpty() ? "No prompt was needed, still less a tune: a prompt" : "A prompt")
              + " was enough, as the tune is proven to be better by less than "
              + margin
              + ", if at all.";
      case RETRIEVE ->
          "Retrieve it: with passages the tune is proven to be better by less than "
              + margin
              + ", if at all, and no prompt alone does as well.";
      case EARNED ->
          "The tune earns its place: it is better than the base "
              + (rivals.size() == 2 ? "asked either way." : "in all " + rivals.size() + " ways.");
      default ->
          "Not decided: neither that the tune is better than the best way to ask the base, nor that"
              + " it is within "
              + margin
              + " of one.";
    };
  }

  /** Says whether a tune follows passages that give other answers. */
  static String ofReading(
      PlannedSuite suite,
      int n,
      double base,
      double tuned,
      Difference difference,
      NeedWord word,
      AuditPlan plan) {
    String subject = CapabilityName.subject(suite.capability());
    if (difference == null) {
      return subject + ": no item with swapped passages has a score on both.";
    }
    String figures =
        subject
            + ": where passages give another answer, the base goes by them in "
            + Points.percent(base)
            + " of "
            + items(n)
            + ", the tune in "
            + Points.percent(tuned)
            + ": "
            + Points.signed(difference.value())
            + " points "
            + interval(difference, plan);
    return figures
        + switch (word) {
          case FOLLOWS -> ". It still follows what it is given to read.";
          case FOLLOWS_LESS -> ". It follows what it is given to read less than its base.";
          default -> ". Whether it still follows what it is given to read is not decided.";
        };
  }

  private static String items(int n) {
    return n + (n == 1 ? " item" : " items");
  }

  private static String interval(Difference difference, AuditPlan plan) {
    return "("
        + Points.intervalLabel(plan.level())
        + " "
        + Points.signed(difference.interval().low())
        + " to "
        + Points.signed(difference.interval().high())
        + ")";
  }
}
