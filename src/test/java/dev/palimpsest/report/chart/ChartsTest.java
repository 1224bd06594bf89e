package dev.palimpsest.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** What holds of every drawing. */
final class ChartsTest {
  private static final String HOSTILE = "</text><script>\u0000\u202E";
  private static final Look FAILED = new Look(Look.Shape.DOWN, false, "fail", "▼", "Failed");
  private static final Look OPEN = new Look(Look.Shape.CIRCLE, true, "open", "○", "Inconclusive");
  private static final Value FELL = new Value(-0.3, -0.4, -0.2, FAILED);
  private static final Value ROSE = new Value(0.1234, 0.05, 0.2, OPEN);
  private static final Value NOTHING = new Value(Double.NaN, -1, 1, OPEN);

  static Stream<Arguments> drawings() {
    return Stream.of(Size.values())
        .flatMap(
            size ->
                Stream.of(plane(size), slope(size), heat(size), multiples(size), trajectory(size))
                    .map(svg -> Arguments.of(size, svg)));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void isWellFormedAndNamedForThoseWhoCannotSeeIt(Size size, String svg) throws Exception {
    Document document = parsed(svg);

    assertThat(document.getDocumentElement().getAttribute("class")).endsWith("pf-" + size.word());
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Title");
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("Words");
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void aHostileNameStaysText(Size size, String svg) throws Exception {
    assertThat(parsed(svg).getElementsByTagName("script").getLength()).as(svg).isZero();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void verdictsHaveShapesOrSignsAndNotColoursAlone(Size size, String svg) {
    boolean shape =
        Stream.of(4.5, 7.5)
            .map(half -> FAILED.shape().path(0, 0, half).substring("M0 0".length()))
            .anyMatch(svg::contains);
    assertThat(shape || svg.contains("▼")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void digitsAreTheSameInEveryLocale(Size size, String svg) {
    Locale before = Locale.getDefault();
    try {
      for (String language : List.of("de", "tr", "ar-EG", "hi-IN-u-nu-deva")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(drawings().map(one -> one.get()[1])).as(language).contains(svg);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String plane(Size size) {
    PlaneChart.Spot spot = new PlaneChart.Spot(HOSTILE, ROSE, FELL, FAILED);
    PlaneChart.Spot half = new PlaneChart.Spot("a@0.5", ROSE, ROSE, OPEN);
    PlaneChart.Plane plane =
        new PlaneChart.Plane(HOSTILE, 0.05, List.of(spot, half), List.of(List.of(half, spot)));
    return PlaneChart.svg(plane, size, "id", "Title", "Words");
  }

  private static String slope(Size size) {
    List<SlopeChart.Line> lines =
        List.of(
            new SlopeChart.Line(HOSTILE, 0.5, 0.2, FAILED),
            new SlopeChart.Line("a name that is too long for any window", 0.5, 0.501, OPEN));
    return SlopeChart.svg(lines, size, "id", "Title", "Words");
  }

  private static String heat(Size size) {
    HeatMap.Row row =
        new HeatMap.Row(
            HOSTILE, List.of(new HeatMap.Cell(FELL, "#" + HOSTILE), new HeatMap.Cell(NOTHING, "")));
    return HeatMap.svg(List.of(HOSTILE, "b"), List.of(row), size, "id", "Title", "Words");
  }

  private static String multiples(Size size) {
    List<SmallMultiples.Row> rows =
        List.of(
            new SmallMultiples.Row(HOSTILE, FELL, 0.05),
            new SmallMultiples.Row("b", NOTHING, 0.05));
    return SmallMultiples.svg(
        List.of(new SmallMultiples.Panel(HOSTILE, FAILED, rows)), size, "id", "Title", "Words");
  }

  private static String trajectory(Size size) {
    List<TrajectoryChart.Stop> stops =
        List.of(
            new TrajectoryChart.Stop(100, "100", ROSE),
            new TrajectoryChart.Stop(200, "200", NOTHING),
            new TrajectoryChart.Stop(300, HOSTILE, FELL));
    return TrajectoryChart.svg(
        List.of(new TrajectoryChart.Panel(HOSTILE, 0.05, stops)),
        "step",
        size,
        "id",
        "Title",
        "Words");
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
