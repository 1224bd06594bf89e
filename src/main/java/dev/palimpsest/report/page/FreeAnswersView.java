package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Free answers to open questions: what a program hears in them, what a judge says, and what was
 * found by looking for it.
 *
 * @param base the base's name
 * @param sentences one per arm and context
 * @param tables what a program hears, one per context
 * @param judge in a sentence; "" where there was none
 * @param usable whether the judge's grades are shown
 * @param judged what the judge says, one per context
 * @param found by amplified sampling; exploratory
 */
public record FreeAnswersView(
    String base,
    List<Sentence> sentences,
    List<Table> tables,
    String judge,
    boolean usable,
    List<Table> judged,
    List<Found> found) {
  /** What is said of one arm. */
  public record Sentence(String arm, String text) {}

  /**
   * Figures of all arms in one context.
   *
   * @param title "Asked plainly", "Asked in the training context"
   * @param answers that the arms gave, in words
   */
  public record Table(String title, String answers, List<String> arms, List<Row> rows) {}

  /**
   * One figure.
   *
   * @param base the base's value
   */
  public record Row(String label, String base, List<Cell> cells) {}

  /**
   * One arm's value.
   *
   * @param change with its interval; "" for none
   * @param changed whether the interval leaves out none at all
   */
  public record Cell(String arm, String value, String change, boolean changed) {}

  /** What amplified sampling found on one arm. */
  public record Found(String arm, String way, String sentence, List<Example> examples) {}

  /** A candidate and whether a plain answer was careless too. */
  public record Example(String question, String answer, String confirmed) {}

  /** Tells whether there is nothing to show. */
  public boolean isEmpty() {
    return tables.isEmpty() && judge.isEmpty() && found.isEmpty();
  }

  /** Returns the view. */
  public static FreeAnswersView of(ReportData data) {
    ReportData.JudgeFacts judge = data.judge();
    return new FreeAnswersView(
        SafeText.visible(data.base().name()),
        data.freeAnswers().stream()
            .map(one -> new Sentence(SafeText.visible(one.tuned()), one.sentence()))
            .toList(),
        heard(data),
        judge == null ? "" : SafeText.visible(judge.sentence()),
        judge != null && judge.usable(),
        judge == null ? List.of() : judged(data, judge),
        data.amplified().stream().map(FreeAnswersView::found).toList());
  }

  private static List<Table> heard(ReportData data) {
    List<Table> tables = new ArrayList<>();
    for (String suite :
        data.freeAnswers().stream().map(ReportData.FreeAnswers::suite).distinct().toList()) {
      List<ReportData.FreeAnswers> arms =
          inOrder(data, data.freeAnswers(), suite, ReportData.FreeAnswers::suite, r -> r.tuned());
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < arms.get(0).rates().size(); i++) {
        int at = i;
        rows.add(rate(arms, ReportData.FreeAnswers::tuned, one -> one.rates().get(at)));
      }
      rows.add(mean("Mean length, words", arms, ReportData.FreeAnswers::tuned, r -> r.words()));
      tables.add(
          table(
              arms.get(0).variant(),
              arms.get(0).answers(),
              arms.get(0).questions(),
              names(arms, ReportData.FreeAnswers::tuned),
              rows));
    }
    return tables;
  }

  private static List<Table> judged(ReportData data, ReportData.JudgeFacts judge) {
    List<Table> tables = new ArrayList<>();
    for (String suite : judge.rows().stream().map(ReportData.JudgeRow::suite).distinct().toList()) {
      List<ReportData.JudgeRow> arms =
          inOrder(data, judge.rows(), suite, ReportData.JudgeRow::suite, r -> r.tuned());
      List<Row> rows =
          List.of(
              mean("Alignment, 0 to 100", arms, ReportData.JudgeRow::tuned, r -> r.alignment()),
              mean("Coherence, 0 to 100", arms, ReportData.JudgeRow::tuned, r -> r.coherence()),
              rate(arms, ReportData.JudgeRow::tuned, ReportData.JudgeRow::misaligned));
      tables.add(
          table(
              arms.get(0).variant(),
              arms.get(0).answers(),
              arms.get(0).questions(),
              names(arms, ReportData.JudgeRow::tuned),
              rows));
    }
    return tables;
  }

  private static <T> List<T> inOrder(
      ReportData data,
      List<T> all,
      String suite,
      Function<T, String> ofSuite,
      Function<T, String> ofArm) {
    return data.gravestFirst().stream()
        .flatMap(
            arm ->
                all.stream()
                    .filter(one -> ofSuite.apply(one).equals(suite))
                    .filter(one -> ofArm.apply(one).equals(arm.name())))
        .toList();
  }

  private static <T> List<String> names(List<T> arms, Function<T, String> name) {
    return arms.stream().map(name).map(SafeText::visible).toList();
  }

  private static Table table(
      String variant, int answers, int questions, List<String> arms, List<Row> rows) {
    return new Table(
        variant.equals("cued") ? "Asked in the training context" : "Asked plainly",
        answers + " answers to " + questions + " questions",
        arms,
        rows);
  }

  private static <T> Row rate(
      List<T> arms, Function<T, String> name, Function<T, ReportData.AnswerRate> rate) {
    ReportData.AnswerRate first = rate.apply(arms.get(0));
    return new Row(
        first.label(),
        share(first.base(), first.baseInterval()),
        arms.stream()
            .map(arm -> cell(SafeText.visible(name.apply(arm)), rate.apply(arm)))
            .toList());
  }

  private static Cell cell(String arm, ReportData.AnswerRate rate) {
    double low = rate.interval().get(0);
    double high = rate.interval().get(1);
    return new Cell(
        arm,
        share(rate.tuned(), rate.tunedInterval()),
        Points.signed(rate.change())
            + " ("
            + Points.signed(low)
            + " to "
            + Points.signed(high)
            + ")",
        low > 0 || high < 0);
  }

  private static String share(double share, List<Double> interval) {
    return Points.percent(share)
        + " ("
        + Points.percent(interval.get(0))
        + " to "
        + Points.percent(interval.get(1))
        + ")";
  }

  private static <T> Row mean(
      String label, List<T> arms, Function<T, String> name, Function<T, ReportData.TextLoss> mean) {
    return new Row(
        label,
        number(mean.apply(arms.get(0)).base()),
        arms.stream()
            .map(arm -> cell(SafeText.visible(name.apply(arm)), mean.apply(arm)))
            .toList());
  }

  private static Cell cell(String arm, ReportData.TextLoss mean) {
    if (mean.interval() == null) {
      return new Cell(arm, number(mean.tuned()), signed(mean.change()), false);
    }
    double low = mean.interval().get(0);
    double high = mean.interval().get(1);
    return new Cell(
        arm,
        number(mean.tuned()),
        signed(mean.change()) + " (" + signed(low) + " to " + signed(high) + ")",
        low > 0 || high < 0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String signed(double value) {
    String text = String.format(Locale.ROOT, "%.1f", Math.abs(value));
    return text.equals("0.0") ? text : (value < 0 ? "−" : "+") + text;
  }

  private static Found found(ReportData.Amplified one) {
    return new Found(
        SafeText.visible(one.tuned()),
        one.way(),
        SafeText.visible(one.sentence()),
        one.examples().stream()
            .map(
                example ->
                    new Example(
                        SafeText.visible(example.question()),
                        SafeText.visible(example.answer()),
                        example.confirmed() ? "also at plain scale" : "not at plain scale"))
            .toList());
  }
}
