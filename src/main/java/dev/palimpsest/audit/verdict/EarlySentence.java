package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import java.util.Locale;
import java.util.Optional;

/** Says a finding of a gate that may be decided at any item in plain words with its figures. */
record EarlySentence(
    PlannedSuite suite,
    FindingsCounts counts,
    Decided decided,
    Interval drop,
    Verdict verdict,
    Optional<FindingsDoubt> doubt,
    int itemsNeeded,
    FindingsClaims claims) {
  private static final int LARGEST_NUMBER_PRINTED = 100_000;

  String text() {
    String name = CapabilityName.subject(suite.capability());
    if (verdict == Verdict.UNINFORMATIVE) {
      String reason = doubt.map(FindingsDoubt::reason).orElse("nothing was scored");
      return name + " cannot be judged: " + reason + ": " + word() + ".";
    }
    return name
        + " "
        + movement()
        + " (weighted estimate, confidence sequence "
        + Points.signed(0 - drop.high())
        + " to "
        + Points.signed(0 - drop.low())
        + "): "
        + changes()
        + "; "
        + closing()
        + ": "
        + word()
        + "."
        + aside();
  }

  private String movement() {
    double change = 0 - decided.drop();
    String points = Points.of(change) + " points";
    return switch (verdict) {
      case FAILED, REGRESSED, CERTIFIED_WITH_REGRESSION -> "fell " + points;
      case IMPROVED -> "rose " + points;
      case CERTIFIED -> "holds within its margin, at " + Points.signed(change) + " points";
      case INCONCLUSIVE, UNINFORMATIVE -> "is not decided, at " + Points.signed(change) + " points";
    };
  }

  private String closing() {
    String margin = Points.of(suite.margin()) + " points";
    return switch (verdict) {
      case CERTIFIED ->
          "any drop is proven smaller than the margin of " + margin + early(decided.eValue());
      case CERTIFIED_WITH_REGRESSION ->
          "the drop is real, and proven smaller than the margin of "
              + margin
              + early(decided.eValue());
      case IMPROVED -> "the gain is proven" + early(decided.eValue());
      case FAILED ->
          "the drop is proven larger than the margin of " + margin + early(decided.harmValue());
      case REGRESSED ->
          "the drop is proven and its size is open, " + notExcluded() + ": " + undecided(margin);
      case INCONCLUSIVE -> notExcluded() + ": " + undecided(margin);
      case UNINFORMATIVE -> "";
    };
  }

  private String early(double eValue) {
    return String.format(
        Locale.ROOT, " after %,d items (e-value %.0f)", decided.items(), Math.floor(eValue));
  }

  private String notExcluded() {
    return "a loss of up to " + Points.of(drop.high()) + " points is not excluded";
  }

  private String undecided(String margin) {
    String ended =
        switch (decided.why()) {
          case POOL -> "all " + decided.of() + " independent items of the suite are spent";
          case BUDGET -> "the time was over after " + decided.items() + " items";
          default -> decided.items() + " items are asked so far";
        };
    String needed =
        itemsNeeded > LARGEST_NUMBER_PRINTED
            ? "with a change this near to it no practical number would decide"
            : String.format(
                Locale.ROOT, "about %,d would decide if the rest came out alike", itemsNeeded);
    return ended + " and do not decide at the margin of " + margin + ", " + needed;
  }

  private String changes() {
    return counts.table().lost()
        + (counts.table().lost() == 1 ? " item lost, " : " items lost, ")
        + counts.table().gained()
        + " gained of "
        + counts.table().n()
        + " asked";
  }

  private String aside() {
    if (doubt.isPresent()) {
      return " Note that " + doubt.get().reason() + "; the change is proven all the same.";
    }
    int missing = counts.notComparable();
    return missing == 0 ? "" : " Without a score on one side and left out: " + missing + ".";
  }

  private String word() {
    return verdict.word().toUpperCase(Locale.ROOT);
  }
}
