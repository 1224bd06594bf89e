package dev.palimpsest.report.page;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.List;

/**
 * Why checkpoints came out as they did, what to do next, and which one is chosen; the same in every
 * layout, and without anything that deceives the eye.
 *
 * @param arms those that fail first; without an arm of which there is nothing to say
 * @param runs where runs of checkpoints turn, in sentences
 * @param choice what was chosen; null where nothing was to be
 */
public record CausesView(List<ArmCauses> arms, List<String> runs, ChoiceTable choice) {
  /**
   * One checkpoint's causes, the clearest first.
   *
   * @param sweepable whether it is an adapter whose scales can still be tried
   */
  public record ArmCauses(String name, String key, boolean sweepable, List<Row> causes) {}

  /** One cause and what to do, the cheapest first. */
  public record Row(String sentence, List<ReportData.Advice> advice) {}

  /**
   * What was chosen among.
   *
   * @param why the choice, in a sentence
   * @param certified what is certified of it, in a sentence; "" where nothing is chosen
   * @param scales whether the arms are scales of one adapter
   */
  public record ChoiceTable(
      String why, String certified, boolean scales, String items, List<Entrant> rows) {}

  /**
   * One of the arms to choose from.
   *
   * @param gain on the skill, with its standard error; "–" where it is not measured
   * @param worst the worst change beside it
   * @param what "chosen", why it is barred, or ""
   */
  public record Entrant(
      String name, String scale, String gain, String worst, String what, boolean chosen) {}

  /** Returns the view of a report. */
  public static CausesView of(ReportData data) {
    return new CausesView(
        data.gravestFirst().stream()
            .map(arm -> ofArm(data, arm))
            .filter(arm -> !arm.causes().isEmpty())
            .toList(),
        data.trajectories().stream().map(run -> SafeText.visible(run.sentence())).toList(),
        data.choice() == null ? null : ofChoice(data.choice()));
  }

  /** Tells whether there is nothing to show. */
  public boolean isEmpty() {
    return arms.isEmpty() && runs.isEmpty() && choice == null;
  }

  private static ArmCauses ofArm(ReportData data, ReportData.TunedCheckpoint arm) {
    return new ArmCauses(
        SafeText.visible(arm.name()),
        arm.name(),
        arm.kind().equals("adapter") && arm.scale() == null,
        data.causes().stream()
            .filter(cause -> cause.tuned().equals(arm.name()))
            .map(cause -> new Row(SafeText.visible(cause.sentence()), cause.advice()))
            .toList());
  }

  private static ChoiceTable ofChoice(ReportData.Choice choice) {
    return new ChoiceTable(
        SafeText.visible(choice.why()),
        choice.certified() == null ? "" : SafeText.visible(choice.certified().sentence()),
        choice.among().equals("scales"),
        choice.on().equals("A") ? "on half A" : "on all items",
        choice.entrants().stream().map(one -> entrant(choice, one)).toList());
  }

  private static Entrant entrant(ReportData.Choice choice, ReportData.Entrant one) {
    boolean chosen = one.tuned().equals(choice.chosen());
    return new Entrant(
        SafeText.visible(one.tuned()),
        scale(one.scale()),
        one.gain() == null ? "–" : Points.signed(one.gain()) + " ± " + Points.of(one.gainError()),
        one.worstSuite() == null
            ? "–"
            : CapabilityName.words(one.worstSuite())
                + " "
                + Points.signed(one.worstDelta())
                + " (margin "
                + Points.of(one.worstMargin())
                + ")",
        chosen ? "chosen" : one.obstacle().isEmpty() ? "" : "barred",
        chosen);
  }

  /** Returns a scale without needless decimals. */
  private static String scale(double scale) {
    return scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale);
  }
}
