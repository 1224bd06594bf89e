package dev.palimpsest.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.TextDivergences;
import dev.palimpsest.report.page.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {
  /** Rewritten by hand, with care: whoever signed an earlier report relies on these bytes. */
  private static final Path GOLDEN = Path.of("src/test/resources/report/golden-report.json");

  @Test
  void theSmallAuditGivesTheGoldenReportByteForByte() throws IOException {
    assertThat(text(SampleAudit.small().report()))
        .isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8).stripTrailing());
  }

  @Test
  void theSameResultGivesTheSameDigest() {
    assertThat(SampleAudit.large().report().digest())
        .isEqualTo(SampleAudit.large().report().digest())
        .isNotEqualTo(SampleAudit.small().report().digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG", "fr-FR"})
  void theLocaleOfTheMachineChangesNothing(String tag) {
    byte[] expected = SampleAudit.large().report().json();
    String page = HtmlReport.html(SampleAudit.large().report());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      Report report = SampleAudit.large().report();

      assertThat(report.json()).isEqualTo(expected);
      assertThat(HtmlReport.html(report)).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theDigestIsTheSha256OfTheFileAndTheFileNamesTheItems() throws IOException {
    Report report = SampleAudit.large().report();
    JsonNode json = Json.mapper().readTree(report.json());

    assertThat(report.digest()).isEqualTo(Sha256.hex(report.json()));
    assertThat(json.at("/items/sha256").asText()).isEqualTo(Sha256.hex(report.items()));
    assertThat(json.at("/items/lines").asInt()).isEqualTo(12 * 200);
  }

  @Test
  void everyReportIsValidByTheSchema() throws IOException {
    for (Report report :
        List.of(
            SampleAudit.small().report(),
            SampleAudit.large().report(),
            SampleAudit.withPlainText().report(),
            SampleAudit.comparedOnPlainText().report(),
            SampleAudit.withOtherWays().report(),
            SampleAudit.withFreeAnswers().report(),
            SampleAudit.clustered().report())) {
      try (InputStream schema = Report.class.getResourceAsStream("report-1.schema.json")) {
        assertThat(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema)
                    .validate(text(report), InputFormat.JSON))
            .isEmpty();
      }
    }
  }

  @Test
  void capabilitiesCarryTheFieldsThatToolsBuildOn() throws IOException {
    JsonNode capability =
        Json.mapper().readTree(SampleAudit.large().report().json()).at("/capabilities/8");
    List<String> fields = new ArrayList<>();
    capability.fieldNames().forEachRemaining(fields::add);

    assertThat(fields)
        .contains(
            "suite",
            "capability",
            "tuned",
            "metric",
            "n",
            "base",
            "tunedScore",
            "delta",
            "ci90",
            "pMidMcNemar",
            "lost",
            "gained",
            "margin",
            "verdict");
    assertThat(capability.get("tuned").asText()).isEqualTo("sql-forget");
    assertThat(capability.get("delta").asDouble()).isEqualTo(-0.33);
    assertThat(capability.get("ci90").get(0).asDouble()).isLessThan(-0.33);
    assertThat(capability.get("ci90").get(1).asDouble()).isGreaterThan(-0.33).isNegative();
    assertThat(capability.get("lost").asInt()).isEqualTo(71);
    assertThat(capability.get("verdict").asText()).isEqualTo("FAILED");
  }

  @Test
  void tiersAddUpToTheFinding() {
    ReportData.Capability knowledge = SampleAudit.large().report().data().capabilities().get(8);

    assertThat(knowledge.tiers())
        .extracting(ReportData.TierResult::tier)
        .containsExactly("easy", "medium", "hard");
    assertThat(knowledge.tiers().stream().mapToInt(ReportData.TierResult::lost).sum())
        .isEqualTo(71);
    assertThat(knowledge.tiers().stream().mapToInt(ReportData.TierResult::n).sum()).isEqualTo(200);
  }

  @Test
  void theHeadlineNamesWhatFailedAndWhatIsOpen() {
    ReportData data = SampleAudit.large().report().data();

    assertThat(data.headline())
        .isEqualTo(
            "Of 3 checkpoints 1 fails (sql-forget), 1 stays unproven with a proven regression"
                + " (json-format) and 1 passes (null-lora).");
    assertThat(data.tuned().get(2).sentence())
        .isEqualTo(
            "sql-forget fails: knowledge fell 33.0 points (margin 5.0), reasoning fell 15.5 points"
                + " (margin 5.0) and instruction following fell 49.5 points (margin 5.0);"
                + " alignment (a loss of up to 7.4 points is not excluded) is not decided by these"
                + " items.");
    assertThat(data.tuned().get(1).sentence())
        .isEqualTo(
            "json-format is not proven, and a regression is: reasoning fell 3.5 points (at least"
                + " 0.2, at most 7.1; margin 5.0).");
  }

  @Test
  void aReportSaysHowOftenItClaimsProofAndWhatWasCorrected() {
    ReportData data = SampleAudit.large().report().data();

    assertThat(data.claims().findings()).isEqualTo(12);
    assertThat(data.claims().drops()).isEqualTo(4);
    assertThat(data.claims().gains()).isEqualTo(1);
    assertThat(data.claims().sentence())
        .startsWith("Of 12 findings, 7 certify that no drop exceeds its margin, 4 prove a drop and")
        .contains("Holm", "in at most 5% of audits", "in up to 60% of audits");
    assertThat(HtmlReport.html(SampleAudit.large().report())).contains("Of 12 findings, 7 certify");
  }

  @Test
  void anotherLevelThanNinetyPercentIsNamedAndShownEverywhere() {
    Report report = SampleAudit.large().at(0.01).report();
    ReportData.Capability failed = report.data().capabilities().get(8);
    String page = HtmlReport.html(report);

    assertThat(failed.ci()).isNotEqualTo(failed.ci90());
    assertThat(failed.sentence()).contains("98% interval " + ends(failed.ci()));
    assertThat(page)
        .contains("98% interval", ends(failed.ci()))
        .contains(ends(failed.tiers().get(0).ci()))
        .doesNotContain("90% interval")
        .doesNotContain(ends(failed.ci90()));
  }

  private static String ends(List<Double> interval) {
    return Points.signed(interval.get(0)) + " to " + Points.signed(interval.get(1));
  }

  @Test
  void choosingAmongSeveralCheckpointsIsNamedAsALimit() {
    assertThat(SampleAudit.large().report().data().limits())
        .anyMatch(limit -> limit.contains("from 5% to as much as 15%"));
    assertThat(SampleAudit.small().report().data().limits())
        .noneMatch(limit -> limit.contains("as much as"));
  }

  /** By hand: the mean of four changes is 0.2, its error 0.0408, and t at 95% with 3 is 2.353. */
  @Test
  void plainTextIsComparedByPassageAndIsNoFinding() {
    Report report = SampleAudit.withPlainText().report();
    ReportData.PlainText text = report.data().plainText().get(0);

    assertThat(text.tuned()).isEqualTo("sql-forget");
    assertThat(text.passages()).isEqualTo(4);
    assertThat(text.notComparable()).isEqualTo(1);
    assertThat(text.lossPerToken().base()).isEqualTo(3.0);
    assertThat(text.lossPerToken().tuned()).isEqualTo(3.2);
    assertThat(text.lossPerToken().interval().get(0)).isCloseTo(0.10392, within(1e-5));
    assertThat(text.lossPerToken().interval().get(1)).isCloseTo(0.29608, within(1e-5));
    assertThat(text.bitsPerByte().change()).isEqualTo(0.1);
    assertThat(text.languages())
        .extracting(ReportData.TextGroup::name, ReportData.TextGroup::passages)
        .containsExactly(tuple("de", 1), tuple("en", 3));
    assertThat(text.languages().get(0).lossPerToken().interval()).isNull();
    assertThat(text.topics())
        .extracting(group -> group.lossPerToken().change())
        .containsExactly(0.15, 0.25);
    assertThat(text.sentence())
        .isEqualTo(
            "Plain text: loss per token 3.00 to 3.20 nats, +0.20 (90% interval +0.10 to +0.30),"
                + " over 4 passages. It finds such text less likely than the base does. Described,"
                + " never a gate.");
    assertThat(report.data().capabilities())
        .isEqualTo(SampleAudit.small().report().data().capabilities());
    assertThat(report.data().verdict()).isEqualTo(SampleAudit.small().report().data().verdict());
  }

  /** By hand: the mean of four is 0.04, its error 0.0081650, and t at 95% with 3 is 2.353363. */
  @Test
  void theDivergenceOfPlainTextIsAMeasureOverPassages() {
    Report report = SampleAudit.comparedOnPlainText().report();
    ReportData.PlainText text = report.data().plainText().get(0);

    ReportData.Figure found = text.measures().get(0);
    assertThat(found.id()).isEqualTo("kl");
    assertThat(found.value()).isEqualTo(0.04);
    assertThat(found.interval().get(0)).isCloseTo(0.020785, within(1e-6));
    assertThat(found.interval().get(1)).isCloseTo(0.059215, within(1e-6));
    assertThat(found.text())
        .isEqualTo("0.040 nats a token (90% interval 0.021 to 0.059); not gated");
    assertThat(text.sentence())
        .endsWith(
            " KL from the base: 0.040 nats a token (90% interval 0.021 to 0.059). Described, never a"
                + " gate.");
    assertThat(HtmlReport.html(report))
        .contains("KL from the base per token, in nats", "(0.021 to 0.059)");
    assertThat(report.data().verdict()).isEqualTo(SampleAudit.small().report().data().verdict());
  }

  @Test
  void whyNoDivergenceWasMeasuredIsSaid() {
    SampleAudit audit = SampleAudit.withPlainText();
    PairSource source = (suite, tuned) -> () -> audit.of(suite, tuned);
    Map<String, String> facts = Map.of(TextDivergences.fact("sql-forget"), "They do not fit.");

    ReportData.PlainText text = PlainTextFigures.of(audit.plan(), source, facts).get(0);
    assertThat(text.measures()).isEmpty();
    assertThat(text.sentence())
        .endsWith(" KL from the base is left out: They do not fit. Described, never a gate.");
  }

  @Test
  void thePageTellsPlainTextInASentenceAndATable() {
    assertThat(HtmlReport.html(SampleAudit.withPlainText().report()))
        .contains("<h2 id=\"plain-text\">Plain text</h2>", "+0.20 (90% interval +0.10 to +0.30)")
        .contains("Loss per token, in nats", "Bits per byte", "German", "Story")
        .contains("<strong>+0.20 (+0.10 to +0.30)</strong>");
    assertThat(HtmlReport.html(SampleAudit.small().report())).doesNotContain("id=\"plain-text\"");
  }

  @Test
  void itemsThatHangTogetherWidenTheIntervalAndTheTopicThatDriftedIsListed() {
    ReportData.Capability found = SampleAudit.clustered().report().data().capabilities().get(0);

    assertThat(found.clustered()).isTrue();
    assertThat(found.clusters()).isEqualTo(12);
    assertThat(found.designEffect()).isGreaterThan(2);
    assertThat(found.ci().get(0)).isLessThan(found.tango().get(0));
    assertThat(found.ci().get(1)).isGreaterThan(found.tango().get(1));
    assertThat(found.pChange()).isGreaterThan(found.pMidMcNemar());
    assertThat(found.sentence()).contains("Items of one cluster moved together: the 60 of them");
    assertThat(found.drift())
        .extracting(ReportData.DriftRow::kind, ReportData.DriftRow::name)
        .contains(tuple("topic", "geography"), tuple("cluster", "fact-0"))
        .hasSize(14);
    assertThat(found.fixedSuite().text()).startsWith("On the 120 items of this suite the score");
    assertThat(found.fixedSuite().ci().get(0)).isGreaterThan(found.tasksLikeIt().ci().get(0));
  }

  @Test
  void noFolderOfTheMachineIsNamed() {
    Report report = SampleAudit.large().report();

    assertThat(text(report)).doesNotContain("/private");
    assertThat(HtmlReport.html(report)).doesNotContain("/private");
  }

  private static String text(Report report) {
    return new String(report.json(), StandardCharsets.UTF_8);
  }
}
