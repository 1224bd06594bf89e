package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How likely the arms find the passages of one suite of plain text, side by side.
 *
 * @param base the base's name
 * @param sentences one per arm, those that fail first
 * @param arms the tuned arms' names, in the same order
 * @param rows all passages, and then those of each language and topic
 */
public record PlainTextView(
    String base, List<Sentence> sentences, List<String> arms, List<Row> rows) {
  /** What is said of one arm. */
  public record Sentence(String arm, String text) {}

  /**
   * Some of the passages.
   *
   * @param base the base's value, as it is printed
   */
  public record Row(String label, int passages, String base, List<Cell> cells) {}

  /**
   * One arm's value.
   *
   * @param value as it is printed
   * @param change with its interval; "" for none
   * @param changed whether the interval leaves out none at all
   */
  public record Cell(String arm, String value, String change, boolean changed) {
    static Cell empty(String arm) {
      return new Cell(arm, "–", "", false);
    }
  }

  /** Returns a view for each suite of plain text. */
  public static List<PlainTextView> of(ReportData data) {
    return data.plainText().stream()
        .map(ReportData.PlainText::suite)
        .distinct()
        .map(suite -> of(data, suite))
        .toList();
  }

  private static PlainTextView of(ReportData data, String suite) {
    List<ReportData.PlainText> arms =
        data.gravestFirst().stream()
            .flatMap(
                arm ->
                    data.plainText().stream()
                        .filter(one -> one.suite().equals(suite))
                        .filter(one -> one.tuned().equals(arm.name())))
            .toList();
    List<Row> rows = new ArrayList<>();
    rows.add(row("Loss per token, in nats", arms, one -> perToken(one, whole(one))));
    rows.add(row("Bits per byte", arms, one -> Optional.of(new Part(one, one.bitsPerByte()))));
    addMeasures(rows, arms);
    addGroups(rows, arms, ReportData.PlainText::languages, PlainTextView::language);
    addGroups(rows, arms, ReportData.PlainText::topics, PlainTextView::heading);
    return new PlainTextView(
        SafeText.visible(data.base().name()),
        arms.stream().map(one -> new Sentence(name(one), one.sentence())).toList(),
        arms.stream().map(PlainTextView::name).toList(),
        rows);
  }

  private static void addMeasures(List<Row> rows, List<ReportData.PlainText> arms) {
    arms.stream()
        .flatMap(one -> one.measures().stream())
        .map(ReportData.Figure::label)
        .distinct()
        .forEach(
            label ->
                rows.add(
                    new Row(
                        label,
                        arms.get(0).passages(),
                        "–",
                        arms.stream().map(one -> measured(one, label)).toList())));
  }

  private static Cell measured(ReportData.PlainText one, String label) {
    return one.measures().stream()
        .filter(measure -> measure.label().equals(label))
        .findFirst()
        .map(measure -> new Cell(name(one), three(measure.value()), between(measure), false))
        .orElseGet(() -> Cell.empty(name(one)));
  }

  private static String between(ReportData.Figure measure) {
    return measure.interval() == null
        ? ""
        : "(" + three(measure.interval().get(0)) + " to " + three(measure.interval().get(1)) + ")";
  }

  private static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Some passages of one arm and their loss. */
  private record Part(int passages, ReportData.TextLoss loss) {
    Part(ReportData.PlainText all, ReportData.TextLoss loss) {
      this(all.passages(), loss);
    }
  }

  private static void addGroups(
      List<Row> rows,
      List<ReportData.PlainText> arms,
      Function<ReportData.PlainText, List<ReportData.TextGroup>> groups,
      Function<String, String> label) {
    arms.stream()
        .flatMap(one -> groups.apply(one).stream())
        .map(ReportData.TextGroup::name)
        .distinct()
        .sorted()
        .forEach(
            name ->
                rows.add(
                    row(label.apply(name), arms, one -> perToken(one, group(one, groups, name)))));
  }

  private static Optional<Part> whole(ReportData.PlainText one) {
    return Optional.of(new Part(one, one.lossPerToken()));
  }

  private static Optional<Part> group(
      ReportData.PlainText one,
      Function<ReportData.PlainText, List<ReportData.TextGroup>> groups,
      String name) {
    return groups.apply(one).stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .map(group -> new Part(group.passages(), group.lossPerToken()));
  }

  /** Losses per token compare only where both arms cut the text alike. */
  private static Optional<Part> perToken(ReportData.PlainText one, Optional<Part> part) {
    return part.filter(found -> one.sameTokens());
  }

  private static Row row(
      String label,
      List<ReportData.PlainText> arms,
      Function<ReportData.PlainText, Optional<Part>> part) {
    Optional<Part> first = arms.stream().map(part).flatMap(Optional::stream).findFirst();
    return new Row(
        label,
        first.map(Part::passages).orElse(0),
        first.map(found -> Points.nats(found.loss().base())).orElse("–"),
        arms.stream()
            .map(
                one ->
                    part.apply(one)
                        .map(found -> cell(name(one), found.loss()))
                        .orElseGet(() -> Cell.empty(name(one))))
            .toList());
  }

  private static Cell cell(String arm, ReportData.TextLoss loss) {
    if (loss.interval() == null) {
      return new Cell(arm, Points.nats(loss.tuned()), Points.signedNats(loss.change()), false);
    }
    double low = loss.interval().get(0);
    double high = loss.interval().get(1);
    return new Cell(
        arm,
        Points.nats(loss.tuned()),
        Points.signedNats(loss.change())
            + " ("
            + Points.signedNats(low)
            + " to "
            + Points.signedNats(high)
            + ")",
        low > 0 || high < 0);
  }

  private static String name(ReportData.PlainText one) {
    return SafeText.visible(one.tuned());
  }

  private static String language(String tag) {
    String name = Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    return SafeText.visible(name.isEmpty() ? tag : name);
  }

  private static String heading(String topic) {
    String words = SafeText.visible(topic.replace('-', ' ').replace('_', ' '));
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
