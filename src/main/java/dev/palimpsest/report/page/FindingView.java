package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Value;
import dev.palimpsest.report.model.ReportData;
import java.util.Comparator;
import java.util.List;

/**
 * One finding, its figures formatted, the same in every layout; texts still have to be escaped.
 *
 * @param finding as report.json has it
 * @param anchor unique in the page
 * @param name the capability as a heading
 * @param mark the look of its verdict
 * @param change the scores and how they moved
 * @param tiers the same by tier
 */
public record FindingView(
    ReportData.Capability finding,
    String anchor,
    String name,
    Mark mark,
    Change change,
    List<Tier> tiers) {
  /** What is left out stands in report.json. */
  private static final int MOST_MOVED = 12;

  private static final List<Verdict> GRAVEST =
      List.of(
          Verdict.FAILED,
          Verdict.REGRESSED,
          Verdict.CERTIFIED_WITH_REGRESSION,
          Verdict.INCONCLUSIVE,
          Verdict.UNINFORMATIVE,
          Verdict.CERTIFIED,
          Verdict.IMPROVED);

  /** The order in which findings are read: proven losses first, then what is open. */
  static final Comparator<ReportData.Capability> BY_GRAVITY =
      Comparator.comparingInt((ReportData.Capability row) -> GRAVEST.indexOf(row.verdict()))
          .thenComparingDouble(ReportData.Capability::delta);

  static final Comparator<FindingView> GRAVEST_FIRST =
      Comparator.comparing(FindingView::finding, BY_GRAVITY);

  /**
   * Two scores and how the second differs from the first.
   *
   * @param n items with a score on both sides
   * @param base share with its sign, "40.0%"; a dash where nothing was scored
   * @param tuned the same
   * @param delta in points, "+1.8"
   * @param interval of delta at the audit's level, "−2.0 to +5.6"
   */
  public record Change(int n, String base, String tuned, String delta, String interval) {
    private static Change of(int n, double base, double tuned, double delta, List<Double> ends) {
      return new Change(
          n,
          share(n, base),
          share(n, tuned),
          n == 0 ? "–" : Points.signed(delta),
          Points.signed(ends.get(0)) + " to " + Points.signed(ends.get(1)));
    }

    private static String share(int n, double value) {
      return n == 0 ? "–" : Points.of(value) + "%";
    }
  }

  /** A finding's share of one tier. */
  public record Tier(String tier, Change change) {}

  static FindingView of(ReportData.Capability finding, String anchor) {
    return new FindingView(
        finding,
        anchor,
        Texts.capability(finding.capability()),
        Mark.of(finding.verdict()),
        Change.of(finding.n(), finding.base(), finding.tunedScore(), finding.delta(), finding.ci()),
        finding.tiers().stream().map(FindingView::tier).toList());
  }

  private static Tier tier(ReportData.TierResult tier) {
    return new Tier(
        SafeText.visible(tier.tier()),
        Change.of(tier.n(), tier.base(), tier.tunedScore(), tier.delta(), tier.ci()));
  }

  /**
   * A topic or cluster of which items changed sides.
   *
   * @param change in points, "−40.0"
   * @param p adjusted for all rows of its kind
   * @param says "drift", "not proven" or "within noise"
   */
  public record Moved(
      String name, int n, int lost, int gained, String change, String p, String says) {}

  /** Returns the topics and clusters that moved, likeliest drift first; the first of many. */
  public List<Moved> moved() {
    return finding.drift().stream()
        .filter(row -> row.lost() + row.gained() > 0)
        .limit(MOST_MOVED)
        .map(FindingView::moved)
        .toList();
  }

  private static Moved moved(ReportData.DriftRow row) {
    String name = SafeText.visible(row.name());
    return new Moved(
        row.kind().equals("cluster") ? name + " (cluster)" : name,
        row.n(),
        row.lost(),
        row.gained(),
        Points.signed(row.delta()),
        Points.pValue(row.pHolm()),
        row.proven() ? "drift" : row.beyondFloor() ? "not proven" : "within noise");
  }

  /** Returns the change for drawings. */
  public Value value() {
    return value(finding);
  }

  static Value value(ReportData.Capability finding) {
    return new Value(
        finding.n() == 0 ? Double.NaN : finding.delta(),
        finding.ci().get(0),
        finding.ci().get(1),
        Mark.of(finding.verdict()).look());
  }

  /** Says both scores, "Knowledge from 50.0% to 48.0%." */
  String fromTo() {
    return name + " from " + change.base() + " to " + change.tuned() + ".";
  }

  /** Returns the finding in words. */
  public String sentence() {
    return SafeText.visible(finding.sentence());
  }

  /** Returns the p-value of McNemar's test. */
  public String p() {
    return Points.pValue(finding.pMidMcNemar());
  }

  /** Returns the same, adjusted for all findings of the report. */
  public String holm() {
    return Points.pValue(finding.pHolm());
  }

  /** Returns the margin in points. */
  public String margin() {
    return Points.of(finding.margin());
  }

  /** Returns the smallest margin, in points, that could have been certified. */
  public String smallest() {
    return Points.of(finding.smallestCertifiableMargin());
  }

  /** Says how many items came out alike. */
  public String kept() {
    return finding.bothRight() + " right on both, " + finding.bothWrong() + " wrong on both";
  }
}
