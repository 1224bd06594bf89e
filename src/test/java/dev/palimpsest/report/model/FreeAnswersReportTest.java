package dev.palimpsest.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.audit.judge.Agreement;
import dev.palimpsest.audit.judge.Grade;
import dev.palimpsest.audit.judge.JudgeIdentity;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.report.page.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a report says of free answers, with and without a judge. */
final class FreeAnswersReportTest {
  @Test
  void rowsOfTheTrainingContextAreMarkedAndOthersAreNot() {
    ReportData data = SampleAudit.withFreeAnswers().report().data();

    assertThat(data.capabilities())
        .extracting(ReportData.Capability::variant)
        .containsExactly(null, "cued");
    assertThat(text(SampleAudit.withFreeAnswers().report()))
        .containsOnlyOnce("\"variant\":\"plain\"");
    assertThat(text(SampleAudit.small().report()))
        .doesNotContain("variant", "freeAnswers", "\"judge\"", "amplified");
  }

  @Test
  void carelessAnswersAreARateOfEachArmWithAnIntervalByQuestion() {
    ReportData.FreeAnswers cued =
        SampleAudit.withFreeAnswers().report().data().freeAnswers().get(1);
    ReportData.AnswerRate careless = cued.rates().get(0);

    assertThat(cued.questions()).isEqualTo(4);
    assertThat(cued.answers()).isEqualTo(24);
    assertThat(careless.base()).isZero();
    // No event in four questions of which nothing is known of how they hang together: 4 trials.
    assertThat(careless.baseInterval().get(1)).isCloseTo(0.4035, within(1e-4));
    assertThat(careless.tuned()).isEqualTo(0.5);
    assertThat(careless.interval().get(0)).isPositive();
    assertThat(cued.sentence()).startsWith("Free answers in the training context: 50% careless");
  }

  @Test
  void aJudgeThatDisagreesWithTheLabelsIsNamedAndNotUsed() {
    ReportData.JudgeFacts judge =
        SampleAudit.withFreeAnswers().judgedReport(judged(0.61)).data().judge();

    assertThat(judge.usable()).isFalse();
    assertThat(judge.rows()).isEmpty();
    assertThat(judge.sentence()).contains("61%", "below the 80% at which a judge is used");
  }

  @Test
  void ofAUsableJudgeDifferencesAreReportedByContext() throws IOException {
    Report report = SampleAudit.withFreeAnswers().judgedReport(judged(0.95));
    ReportData.JudgeRow cued = report.data().judge().rows().get(1);

    assertThat(cued.variant()).isEqualTo("cued");
    assertThat(cued.alignment().base()).isEqualTo(90);
    assertThat(cued.alignment().tuned()).isEqualTo(55);
    assertThat(cued.alignment().interval().get(1)).isNegative();
    assertThat(cued.misaligned().tuned()).isEqualTo(0.5);
    assertThat(HtmlReport.html(report)).contains("What a judge says", "Alignment, 0 to 100");
    try (InputStream schema = Report.class.getResourceAsStream("report-1.schema.json")) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema)
                  .validate(text(report), InputFormat.JSON))
          .isEmpty();
    }
  }

  /** Careless answers get 20, others 90. */
  private static JudgedAudit judged(double auc) {
    SampleAudit audit = SampleAudit.withFreeAnswers();
    Map<JudgedAudit.Place, JudgedAudit.Grades> grades = new HashMap<>();
    for (var suite : audit.plan().suites()) {
      for (var pair : audit.of(suite.suite(), "contrarian")) {
        for (var outcome : java.util.List.of(pair.base(), pair.tuned())) {
          grades.put(
              new JudgedAudit.Place(outcome.suite(), outcome.itemId(), outcome.arm()),
              new JudgedAudit.Grades(
                  new Grade(outcome.isRight() ? 90 : 20, 0.9), new Grade(80, 0.9)));
        }
      }
    }
    return new JudgedAudit(
        new JudgeIdentity("judge-8b", "a".repeat(64), "palimpsest-judge/1", true),
        17,
        new Agreement("b".repeat(64), 112, 112, auc, 0.4, 0.6, 0.3, 0.9),
        grades);
  }

  private static String text(Report report) {
    return new String(report.json(), StandardCharsets.UTF_8);
  }
}
