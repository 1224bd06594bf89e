package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.Locale;
import java.util.Optional;

/** Says a finding in plain words with its figures. */
record FindingsSentence(
    FindingsEvidence evidence,
    Interval delta,
    Verdict verdict,
    Optional<FindingsDoubt> doubt,
    int itemsNeeded,
    FindingsClaims claims) {
  private static final int LARGEST_NUMBER_PRINTED = 100_000;

  String text() {
    String separator = verdict == Verdict.UNINFORMATIVE ? ": " : "; ";
    return opening() + separator + closing() + ": " + word() + "." + aside() + asides();
  }

  private PairedTable table() {
    return evidence.table();
  }

  private String opening() {
    String name = CapabilityName.subject(evidence.suite().capability());
    if (verdict == Verdict.UNINFORMATIVE) {
      return name + " cannot be judged" + (table().n() == 0 ? "" : " (" + figures() + ")");
    }
    return name + " " + movement() + " (" + interval() + "): " + changes();
  }

  private String movement() {
    double change = -table().drop();
    String points = Points.of(change) + " points";
    return switch (verdict) {
      case FAILED, REGRESSED, CERTIFIED_WITH_REGRESSION -> "fell " + points;
      case IMPROVED -> (evidence.rise().isNoFormat() ? "rose " : "score rose ") + points;
      case CERTIFIED ->
          delta.low() > 0
              ? "score rose " + points + ", a gain that is not proven " + overAll()
              : "holds within its margin, at " + Points.signed(change) + " points";
      case INCONCLUSIVE, UNINFORMATIVE -> "is not decided, at " + Points.signed(change) + " points";
    };
  }

  private String overAll() {
    String among = claims.findings() == 1 ? "" : "over " + claims.findings() + " findings, ";
    return "(" + among + "adjusted p " + Points.pValue(claims.pHolm()) + ")";
  }

  private String closing() {
    String margin = Points.of(evidence.suite().margin()) + " points";
    return switch (verdict) {
      case CERTIFIED -> "any drop is proven smaller than the margin of " + margin;
      case CERTIFIED_WITH_REGRESSION ->
          "the drop is real, and proven smaller than the margin of " + margin;
      case FAILED -> "the margin is " + margin;
      case IMPROVED ->
          "the "
              + (evidence.rise().isNoFormat() ? "gain" : "rise")
              + " is proven "
              + overAll()
              + ", and "
              + evidence.rise().words();
      case REGRESSED ->
          "the drop is proven and its size is open, " + notExcluded() + ": " + undecided(margin);
      case INCONCLUSIVE -> notExcluded() + ": " + undecided(margin);
      case UNINFORMATIVE -> doubt.map(FindingsDoubt::reason).orElse("nothing was scored");
    };
  }

  private String notExcluded() {
    return "a loss of up to " + Points.of(delta.low()) + " points is not excluded";
  }

  private String undecided(String margin) {
    String needed =
        itemsNeeded > LARGEST_NUMBER_PRINTED
            ? "and with a change this near to it no practical number would"
            : String.format(Locale.ROOT, "about %,d would if the rest came out alike", itemsNeeded);
    return table().n() + " items do not decide at the margin of " + margin + ", " + needed;
  }

  private String figures() {
    return "change " + Points.signed(-table().drop()) + " points, " + interval();
  }

  private String interval() {
    return Points.intervalLabel(1 - 2 * claims.alpha())
        + " "
        + Points.signed(delta.low())
        + " to "
        + Points.signed(delta.high());
  }

  private String changes() {
    PairedTable table = evidence.table();
    String noun = table.lost() == 1 ? " item lost, " : " items lost, ";
    return table.lost() + noun + table.gained() + " gained of " + table.n();
  }

  private String aside() {
    if (doubt.isPresent() && verdict != Verdict.UNINFORMATIVE) {
      return " Note that " + doubt.get().reason() + "; the change is proven all the same.";
    }
    int missing = evidence.counts().notComparable();
    if (missing == 0 || verdict == Verdict.UNINFORMATIVE) {
      return "";
    }
    return " Without a score on one side and left out: " + missing + ".";
  }

  private String asides() {
    return verdict == Verdict.UNINFORMATIVE
        ? ""
        : new FindingsAsides(evidence, verdict, claims).text();
  }

  private String word() {
    return verdict.word().toUpperCase(Locale.ROOT);
  }
}
