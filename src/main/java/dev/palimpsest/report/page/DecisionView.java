package dev.palimpsest.report.page;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What who decides has to know of one checkpoint, in words that need no training: may it be
 * released, what got worse and by how much, how sure that is, what to do next.
 *
 * @param name of the checkpoint
 * @param anchor of its part of the page
 * @param mark the look of its verdict
 * @param answer "May it be released?" answered
 * @param worse what got worse, by how much
 * @param sure how sure that is; empty where there is nothing to be sure of
 * @param next what to do next
 */
public record DecisionView(
    String name,
    String anchor,
    Mark mark,
    String answer,
    List<Said> worse,
    List<Said> sure,
    List<Said> next) {
  private static final int LARGEST_NUMBER_OF_ITEMS = 10_000;

  /** Returns the decisions on a report's checkpoints, the gravest first. */
  static List<DecisionView> of(ReportData data) {
    List<DecisionView> all = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      Teller teller = new Teller(data, arm);
      all.add(
          new DecisionView(
              SafeText.visible(arm.name()),
              "arm-" + all.size(),
              Mark.of(arm.verdict()),
              teller.answer(),
              Said.of(teller.worse()),
              Said.of(teller.sure()),
              Said.of(teller.next())));
    }
    return all;
  }

  /** Returns the answer as a sentence on the checkpoint. */
  String title() {
    return name
        + switch (answer) {
          case "Yes" -> " may be released.";
          case "No" -> " may not be released.";
          case "Not yet" -> " may not be released yet.";
          default -> " is not judged yet.";
        };
  }

  /** Finds the words for one checkpoint. */
  private static final class Teller {
    private final ReportData.TunedCheckpoint arm;
    private final List<ReportData.Capability> rows;
    private final List<ReportData.Capability> worst;
    private final String confidence;

    Teller(ReportData data, ReportData.TunedCheckpoint arm) {
      this.arm = arm;
      this.rows =
          data.capabilities().stream()
              .filter(row -> row.tuned().equals(arm.name()))
              .sorted(Comparator.comparingDouble(ReportData.Capability::delta))
              .toList();
      this.worst =
          arm.verdict() == ReleaseVerdict.FAIL ? with(Verdict.FAILED) : with(Verdict.REGRESSED);
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
      if (arm.verdict() == ReleaseVerdict.PASS) {
        List<ReportData.Capability> cost = with(Verdict.CERTIFIED_WITH_REGRESSION);
        return (cost.isEmpty() ? "Nothing, as far as was asked." : fell(cost) + ", which is within the [margin].")
            + gains();
      }
      return (worst.isEmpty() ? "Nothing is proven to be lost, and a loss is not ruled out." : fell(worst) + ".")
          + gains();
    }

    /** Says what fell: the worst in full, the others by their points. */
    private static String fell(List<ReportData.Capability> fallen) {
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
      List<String> others =
          fallen.stream().skip(1).map(row -> words(row) + " (" + Points.signed(row.delta()) + ")").toList();
      return others.isEmpty() ? all : all + "; so did " + joined(others);
    }

    private String gains() {
      List<String> gained =
          rows.stream()
              .filter(row -> row.verdict() == Verdict.IMPROVED)
              .sorted(Comparator.comparingDouble(row -> -row.delta()))
              .map(row -> words(row) + " (" + Points.signed(row.delta()) + ")")
              .toList();
      return gained.isEmpty() ? "" : " Better: " + joined(gained) + ".";
    }

    String sure() {
      return switch (arm.verdict()) {
        case INCOMPLETE -> "";
        case PASS -> sureOfPass();
        case FAIL -> bounds(worst.get(0), false);
        case NOT_PROVEN -> worst.isEmpty() ? sureOfNothing() : bounds(worst.get(0), true);
      };
    }

    /** Says how large the loss is at least, and at most where that decides. */
    private String bounds(ReportData.Capability row, boolean atMost) {
      return "With "
          + confidence
          + " the loss is at least "
          + Points.of(row.ci().get(1))
          + (atMost ? " points, and it may be " + Points.of(row.ci().get(0)) : "")
          + " points; "
          + Points.of(row.margin())
          + " [were accepted|margin].";
    }

    private String sureOfPass() {
      ReportData.Capability least =
          rows.stream().min(Comparator.comparingDouble(row -> row.ci().get(0) + row.margin())).orElseThrow();
      double most = least.ci().get(0);
      return "With "
          + confidence
          + (most < 0
              ? " nothing fell by more than was accepted; the closest is "
                  + words(least)
                  + ", at most "
                  + Points.of(most)
                  + " points of "
                  + Points.of(least.margin())
                  + " [accepted|margin]."
              : " nothing fell at all.");
    }

    private String sureOfNothing() {
      List<ReportData.Capability> open = with(Verdict.INCONCLUSIVE);
      if (open.isEmpty()) {
        return "These items cannot tell: " + joined(names(with(Verdict.UNINFORMATIVE))) + " could not be judged on this base.";
      }
      ReportData.Capability widest =
          open.stream().min(Comparator.comparingDouble(row -> row.ci().get(0))).orElseThrow();
      return "Too few items to say: with "
          + confidence
          + " "
          + words(widest)
          + " may have lost up to "
          + Points.of(widest.ci().get(0))
          + " points; "
          + Points.of(widest.margin())
          + " [are accepted|margin].";
    }

    String next() {
      return switch (arm.verdict()) {
        case INCOMPLETE -> "Resume the audit.";
        case PASS -> "Read the report and sign it off.";
        case FAIL -> mend();
        case NOT_PROVEN -> worst.isEmpty() ? ask() : ask() + " Until then, treat the loss as too large.";
      };
    }

    private String mend() {
      int lost = worst.get(0).lost();
      String weaker =
          arm.kind().equals("adapter")
              ? "lower the adapter's strength or train again, more gently"
              : "train again, more gently";
      return "Read "
          + (lost == 1 ? "the lost item" : "the " + lost + " lost items")
          + " of "
          + words(worst.get(0))
          + ", then "
          + weaker
          + " or with general examples mixed in, and audit again.";
    }

    private String ask() {
      List<ReportData.Capability> open = rows.stream().filter(row -> row.verdict().isOpen()).toList();
      List<ReportData.Capability> blind = with(Verdict.UNINFORMATIVE);
      String other =
          blind.isEmpty()
              ? ""
              : "Choose a suite that this base can answer for " + joined(names(blind)) + ".";
      if (open.isEmpty()) {
        return other;
      }
      ReportData.Capability most =
          open.stream().max(Comparator.comparingInt(ReportData.Capability::itemsNeeded)).orElseThrow();
      String items =
          most.itemsNeeded() > LARGEST_NUMBER_OF_ITEMS
              ? "No practical number of items decides "
                  + words(most)
                  + ": the loss lies too close to the [margin]; decide which loss is acceptable before the next audit."
              : "Ask more items: about "
                  + String.format(Locale.ROOT, "%,d", most.itemsNeeded()).replace(',', '\u202f')
                  + " of "
                  + words(most)
                  + " ("
                  + most.n()
                  + " were asked).";
      return other.isEmpty() ? items : items + " " + other;
    }

    private List<ReportData.Capability> with(Verdict verdict) {
      return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    private static List<String> names(List<ReportData.Capability> rows) {
      return rows.stream().map(Teller::words).toList();
    }

    private static String words(ReportData.Capability row) {
      return Said.name(CapabilityName.words(row.capability()));
    }

    private static String joined(List<String> parts) {
      int last = parts.size() - 1;
      return last < 1
          ? String.join("", parts)
          : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
  }
}
