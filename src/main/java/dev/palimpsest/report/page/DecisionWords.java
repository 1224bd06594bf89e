package dev.palimpsest.report.page;

import dev.palimpsest.Listing;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Condition.Result;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.model.ReportData;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the words for the decision on one checkpoint, with terms marked as {@link Said} reads. */
final class DecisionWords {
  private static final int LARGEST_NUMBER_OF_ITEMS = 10_000;

  private final ReportData.TunedCheckpoint arm;
  private final List<ReportData.Capability> rows;

  /** What is proven to have fallen, and of these what keeps the checkpoint back. */
  private final List<ReportData.Capability> fallen;

  private final List<ReportData.Capability> grave;

  /** What a release hangs on beside its suites, and does not hold. */
  private final List<String> broken;

  /** What the clearest cause advises first. */
  private final Optional<String> advice;

  private final String confidence;

  DecisionWords(ReportData data, ReportData.TunedCheckpoint arm) {
    this.arm = arm;
    this.rows =
        data.capabilities().stream()
            .filter(row -> row.tuned().equals(arm.name()))
            .sorted(FindingView.BY_GRAVITY)
            .toList();
    this.fallen = with(row -> row.verdict().provesDrop());
    this.grave = with(row -> row.verdict().provesDrop() && !row.verdict().passes());
    this.broken =
        arm.conditions().stream()
            .filter(one -> one.result() == Result.FAIL || one.result() == Result.NOT_PROVEN)
            .map(one -> Said.name(one.sentence()))
            .toList();
    this.advice =
        data.causes().stream()
            .filter(cause -> cause.tuned().equals(arm.name()) && !cause.advice().isEmpty())
            .map(cause -> Said.name(cause.advice().get(0).text()))
            .findFirst();
    this.confidence = Points.percent(1 - data.audit().alpha()) + " [confidence]";
  }

  String answer() {
    return switch (arm.verdict()) {
      case PASS -> "Yes";
      case FAIL -> "No";
      case NOT_PROVEN -> "Not yet";
      case INCOMPLETE -> "Not judged";
    };
  }

  String worse() {
    if (arm.verdict() == ReleaseVerdict.INCOMPLETE) {
      return "Unknown: the audit did not run to its end.";
    }
    if (fallen.isEmpty() && !broken.isEmpty()) {
      return broken.get(0) + gains();
    }
    if (fallen.isEmpty()) {
      String none =
          arm.verdict() == ReleaseVerdict.PASS
              ? "Nothing, as far as was asked."
              : "Nothing is proven to be lost, and a loss is not ruled out.";
      return none + gains();
    }
    return fell() + (grave.isEmpty() ? ", within the [margin]." : ".") + gains();
  }

  /** Says what fell: the gravest in full, the others by their points. */
  private String fell() {
    ReportData.Capability first = fallen.get(0);
    String all =
        CapabilityName.subject(Said.name(first.capability()))
            + " fell from "
            + Points.of(first.base())
            + "% to "
            + Points.of(first.tunedScore())
            + "% right ("
            + Points.signed(first.delta())
            + " [points])";
    List<String> others = fallen.stream().skip(1).map(DecisionWords::wordsAndChange).toList();
    return others.isEmpty() ? all : all + "; so did " + Listing.of(others);
  }

  private String gains() {
    List<String> gained =
        with(row -> row.verdict() == Verdict.IMPROVED).stream()
            .sorted(Comparator.comparingDouble(row -> -row.delta()))
            .map(DecisionWords::wordsAndChange)
            .toList();
    return gained.isEmpty() ? "" : " Better: " + Listing.of(gained) + ".";
  }

  String sure() {
    return switch (arm.verdict()) {
      case INCOMPLETE -> "";
      case PASS -> sureOfPass();
      case FAIL -> grave.isEmpty() ? "It was seen in this audit." : bounds(grave.get(0));
      case NOT_PROVEN -> grave.isEmpty() ? sureOfNothing() : bounds(grave.get(0));
    };
  }

  /** Says how large the loss is at least, and at most where that decides. */
  private String bounds(ReportData.Capability row) {
    String most =
        row.verdict() == Verdict.REGRESSED
            ? ", and it may be as much as " + Points.of(row.ci().get(0))
            : "";
    return sentence(
        "With "
            + confidence
            + " the loss is at least "
            + Points.of(row.ci().get(1))
            + " points"
            + most,
        row);
  }

  private String sureOfPass() {
    String unjudged = blind();
    String rest =
        unjudged.isEmpty()
            ? ""
            : " Not judged, as this base has nothing to lose there: " + unjudged + ".";
    return with(row -> row.verdict() != Verdict.UNINFORMATIVE).stream()
        .min(Comparator.comparingDouble(row -> row.ci().get(0) + row.margin()))
        .map(closest -> sureOfPass(closest) + rest)
        .orElse(rest.strip());
  }

  private String sureOfPass(ReportData.Capability closest) {
    double most = closest.ci().get(0);
    if (most >= 0) {
      return "With " + confidence + " nothing fell at all.";
    }
    return sentence(
        "With "
            + confidence
            + " no loss is too large; the closest to it is "
            + words(closest)
            + " with at most "
            + Points.of(most)
            + " points",
        closest);
  }

  private String sureOfNothing() {
    List<ReportData.Capability> open = with(row -> row.verdict() == Verdict.INCONCLUSIVE);
    if (open.isEmpty() && blind().isEmpty()) {
      return "It was seen in this audit.";
    }
    if (open.isEmpty()) {
      return "These items cannot tell: " + blind() + " could not be judged on this base.";
    }
    ReportData.Capability widest =
        open.stream().min(Comparator.comparingDouble(row -> row.ci().get(0))).orElseThrow();
    return sentence(
        "Too few items to say: with "
            + confidence
            + ", "
            + words(widest)
            + " may have lost up to "
            + Points.of(widest.ci().get(0))
            + " points",
        widest);
  }

  private static String sentence(String loss, ReportData.Capability row) {
    return loss + "; " + Points.of(row.margin()) + " [are accepted|margin].";
  }

  String next() {
    return switch (arm.verdict()) {
      case INCOMPLETE -> "Resume the audit.";
      case PASS -> "Read the report and sign it off.";
      case FAIL -> grave.isEmpty() ? meet() : mend();
      case NOT_PROVEN ->
          grave.isEmpty() ? decide() : ask() + " Until then, treat the loss as too large.";
    };
  }

  private String decide() {
    String more = ask();
    return more.isEmpty() ? meet() : more;
  }

  private static String meet() {
    return "Read the condition that does not hold; mend it, or have the policy waive it by name, and"
        + " audit again.";
  }

  private String mend() {
    ReportData.Capability worst = grave.get(0);
    String read =
        "Read "
            + (worst.lost() == 1 ? "the lost item" : "the " + worst.lost() + " lost items")
            + " of "
            + words(worst);
    return advice.map(text -> read + ". " + text).orElseGet(() -> read + "; then " + gently());
  }

  private String gently() {
    String weaker =
        arm.kind().equals("adapter")
            ? "lower the adapter's strength, or train again more gently"
            : "train again more gently";
    return weaker + " or with general examples mixed in, and audit again.";
  }

  private String ask() {
    String blind = blind();
    String other =
        blind.isEmpty() ? "" : "Choose a suite that this base can answer for " + blind + ".";
    return with(row -> row.verdict().isOpen()).stream()
        .max(Comparator.comparingInt(ReportData.Capability::itemsNeeded))
        .map(row -> other.isEmpty() ? askFor(row) : askFor(row) + " " + other)
        .orElse(other);
  }

  private static String askFor(ReportData.Capability row) {
    if (row.itemsNeeded() > LARGEST_NUMBER_OF_ITEMS) {
      return "No practical number of items decides "
          + words(row)
          + ", whose loss lies too close to the [margin]: decide before the next audit which loss is"
          + " acceptable.";
    }
    return "Ask more items: about "
        + Texts.grouped(String.valueOf(row.itemsNeeded()))
        + " of "
        + words(row)
        + " ("
        + row.n()
        + " were asked).";
  }

  /** Names the capabilities that could not be judged. */
  private String blind() {
    return Listing.of(
        with(row -> row.verdict() == Verdict.UNINFORMATIVE).stream()
            .map(DecisionWords::words)
            .toList());
  }

  private List<ReportData.Capability> with(Predicate<ReportData.Capability> wanted) {
    return rows.stream().filter(wanted).toList();
  }

  private static String words(ReportData.Capability row) {
    return Said.name(CapabilityName.words(row.capability()));
  }

  private static String wordsAndChange(ReportData.Capability row) {
    return words(row) + " (" + Points.signed(row.delta()) + ")";
  }
}
