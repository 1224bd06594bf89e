package dev.palimpsest.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.report.page.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What findings carry is printed by every rendering, whichever statistic it is of. */
final class MeasuresTest {
  private final Report report = SampleAudit.small().report();
  private final List<ReportData.Figure> figures = report.data().capabilities().get(0).measures();

  @Test
  void everyRenderingPrintsEveryMeasure() {
    String page = HtmlReport.html(report);
    String json = new String(report.json(), StandardCharsets.UTF_8);
    String gates = new String(JUnitExport.of(report.data()), StandardCharsets.UTF_8);

    assertThat(figures).extracting(ReportData.Figure::id).contains("lead", "answeredOtherwise");
    for (ReportData.Figure figure : figures) {
      assertThat(page).contains(figure.label(), figure.text());
      assertThat(json).contains("\"id\":\"" + figure.id() + "\"", figure.text());
      assertThat(gates).contains(figure.label() + ": " + figure.text());
    }
  }
}
