package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.chart.Size;
import dev.palimpsest.report.model.ReportData;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

final class ForestPlotTest {
  @ParameterizedTest
  @EnumSource(Size.class)
  void isWellFormedAndNamedForThoseWhoCannotSeeIt(Size layout) throws Exception {
    Document svg = parsed(draw(List.of(row("knowledge", Verdict.FAILED)), layout));

    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("group");
    assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(1);
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("a sentence");
  }

  @Test
  void saysNumberIntervalAndVerdictInWords() {
    assertThat(draw(List.of(row("knowledge", Verdict.FAILED)), Size.WIDE))
        .contains("−33.0 (−39.1 to −27.0)", "200 items", "▼ Failed", "71 lost, 5 gained");
  }

  @Test
  void verdictsDifferInShapeAndNotInColourAlone() {
    List<String> shapes =
        java.util.stream.Stream.of(
                Verdict.CERTIFIED, Verdict.IMPROVED, Verdict.FAILED, Verdict.UNINFORMATIVE)
            .map(verdict -> draw(List.of(row("knowledge", verdict)), Size.WIDE))
            .map(svg -> svg.replaceAll("(?s).*pf-mark-[a-z]+\" d=\"([^\"]*)\".*", "$1"))
            .toList();

    assertThat(shapes).doesNotHaveDuplicates();
    assertThat(draw(List.of(row("knowledge", Verdict.INCONCLUSIVE)), Size.WIDE))
        .contains("fill=\"#FFFFFF\"");
    assertThat(draw(List.of(row("knowledge", Verdict.REGRESSED)), Size.WIDE))
        .contains("▽ Regressed", "fill=\"#FFFFFF\"");
  }

  @Test
  void aHostileNameStaysText() throws Exception {
    String svg = draw(List.of(row("</text><script>\u0000\u202E", Verdict.FAILED)), Size.WIDE);

    assertThat(parsed(svg).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void nothingScoredAndNoRowsAreDrawnWithoutAWhisker() throws Exception {
    parsed(draw(Collections.emptyList(), Size.WIDE));
    ReportData.Capability empty =
        new ReportData.Capability(
            "s",
            "c",
            "t",
            "accuracy",
            0,
            0,
            0,
            0,
            List.of(-1.0, 1.0),
            List.of(-1.0, 1.0),
            1,
            1,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0.05,
            1,
            0,
            Verdict.UNINFORMATIVE,
            "a sentence",
            List.of(),
            null,
            List.of(),
            null,
            false);

    assertThat(draw(List.of(empty), Size.WIDE))
        .contains("nothing scored")
        .doesNotContain("pf-mark");
  }

  @Test
  void numbersInPathsKeepTheirPointInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String svg = draw(List.of(row("knowledge", Verdict.FAILED)), Size.WIDE);

      assertThat(svg).doesNotContainPattern("d=\"[^\"]*,").doesNotContainPattern("x1=\"[^\"]*,");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theScaleHoldsEveryIntervalAndHasFewTicks() {
    Scale scale = ForestPlot.scale(List.of(row("knowledge", Verdict.FAILED)));

    assertThat(scale.low()).isLessThan(-0.391);
    assertThat(scale.high()).isGreaterThan(0.05);
    assertThat(scale.ticks()).contains(0.0).hasSizeLessThan(9);
    assertThat(scale.position(-5, 0, 100)).isZero();
  }

  private static String draw(List<ReportData.Capability> rows, Size layout) {
    return ForestPlot.svg(rows, ForestPlot.scale(rows), layout, "id", "A title", row -> "");
  }

  private static ReportData.Capability row(String capability, Verdict verdict) {
    List<Double> interval = List.of(-0.391, -0.270);
    return new ReportData.Capability(
        "knowledge",
        capability,
        "tuned",
        "accuracy",
        200,
        0.67,
        0.34,
        -0.33,
        interval,
        interval,
        0,
        0,
        1,
        63,
        71,
        5,
        61,
        0,
        0,
        0.05,
        0.1,
        0,
        verdict,
        "a sentence",
        List.of(),
        null,
        List.of(),
        null,
        false);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
