package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bundle holds. */
final class BundleTest {
  @TempDir private static Path folder;
  private static SampleBundle bundle;

  @BeforeAll
  static void export() {
    bundle = SampleBundle.make(folder.resolve("data"));
  }

  @Test
  void theMembersAreThoseThatTheDocumentationNames() {
    assertThat(bundle.members().keySet())
        .containsExactly(
            "SHA256SUMS",
            "VERIFY.md",
            "attestations.intoto.jsonl",
            "bom.cdx.json",
            "every-eval-ever/tuned-1.json",
            "every-eval-ever/tuned-2.json",
            "every-eval-ever/tuned-3.json",
            "gates.junit.xml",
            "gates.sarif",
            "items.jsonl",
            "ledger.jsonl",
            "model-card/tuned-1.md",
            "model-card/tuned-1.yaml",
            "model-card/tuned-2.md",
            "model-card/tuned-2.yaml",
            "model-card/tuned-3.md",
            "model-card/tuned-3.yaml",
            "plan.json",
            "public-keys/" + bundle.key().id() + ".pem",
            "report.html",
            "report.json",
            "report.pdf",
            "report.schema.json",
            "run-config.json");
  }

  @Test
  void theSameReportGivesTheSameMembersButForWhatIsSigned() {
    Map<String, String> again = digests(SampleBundle.make(folder.resolve("other")));
    Map<String, String> first = digests(bundle);
    for (Map<String, String> one : List.of(first, again)) {
      one.keySet()
          .removeIf(
              name ->
                  name.startsWith(Members.KEYS)
                      || List.of(Members.STATEMENTS, Members.SUMS, Members.LEDGER, Members.VERIFY)
                          .contains(name));
    }
    assertThat(again).isEqualTo(first);
  }

  @Test
  void noMemberNamesAFolderOfTheMachine() {
    bundle
        .members()
        .forEach(
            (name, content) -> assertThat(bundle.text(name)).as(name).doesNotContain("/private/"));
  }

  @Test
  void thePlanIsTheOneThatWasFrozen() throws IOException {
    assertThat(Sha256.hex(bundle.text("plan.json")))
        .isEqualTo(report().at("/audit/planDigest").asText());
  }

  @Test
  void thePublishedSchemaTakesTheReportAndFieldsThatItDoesNotName() throws IOException {
    String more = bundle.text("report.json").replaceFirst("\\{", "{\"aFieldOfTomorrow\":1,");
    for (String report : List.of(bundle.text("report.json"), more)) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(bundle.text("report.schema.json"))
                  .validate(report, InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void thereIsAStatementPerGateCheckpointAndDecisionAndTwoThatCloseIt() {
    Map<String, Integer> count = new TreeMap<>();
    for (Statement one : statements()) {
      count.merge(one.predicateType(), 1, Integer::sum);
    }
    assertThat(count)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Statement.TEST_RESULT,
                12,
                Statement.DRIFT_AUDIT,
                3,
                Statement.SIGN_OFF,
                1,
                Statement.LEDGER_HEAD,
                1,
                Statement.BUNDLE,
                1));
  }

  @Test
  void aDecisionSaysThatNobodyWasBehindTheName() {
    JsonNode decision =
        statements().stream()
            .filter(one -> one.predicateType().equals(Statement.SIGN_OFF))
            .findFirst()
            .orElseThrow()
            .tree();
    assertThat(decision.at("/decision").asText()).isEqualTo("REJECTED");
    assertThat(decision.at("/independence").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(decision.at("/approvers/0/name").asText()).isEqualTo("Zoë O'Hara");
    assertThat(decision.at("/refers/0/digest/sha256").asText())
        .isEqualTo(Sha256.hex(bundle.members().get("report.json")));
  }

  @Test
  void gatesInSarifPointAtTheLinesThatTheyAreCountedFrom() throws IOException {
    JsonNode results = Json.mapper().readTree(bundle.text("gates.sarif")).at("/runs/0/results");
    List<String> items = bundle.text("items.jsonl").lines().toList();
    assertThat(results).hasSize(12);
    for (JsonNode result : results) {
      JsonNode region = result.at("/locations/0/physicalLocation/region");
      for (String end : List.of("startLine", "endLine")) {
        JsonNode item = Json.mapper().readTree(items.get(region.path(end).asInt() - 1));
        assertThat(result.path("ruleId").asText())
            .isEqualTo("gate/" + item.path("suite").asText() + "/maxDrop");
        assertThat(result.at("/locations/0/logicalLocations/0/name").asText())
            .isEqualTo(item.path("tuned").asText());
      }
    }
  }

  @Test
  void theLedgerShowsThisAuditAndOfOthersTheDigestAlone() {
    assertThat(bundle.text("ledger.jsonl"))
        .contains("\"audit.planned\"", "\"key.made\"", "\"report.exported\"")
        .doesNotContain("another audit", "a third audit");
  }

  @Test
  void whereNoFilesAreKnownTheGuideSaysWhyNoneAreSigned() {
    assertThat(bundle.text("VERIFY.md"))
        .contains("signed\nfor none of the checkpoints of this audit.")
        .contains(
            "    none for tuned-3: it is not registered, and its files are not where they were"
                + " (sql-forget)\n");
  }

  @Test
  void namesAreNoMarkupInTheModelCard() {
    assertThat(bundle.text("model-card/tuned-3.md"))
        .contains("## What fine-tuning changed")
        .contains("| knowledge | 200 |")
        .contains("| Failed |");
    assertThat(bundle.text("model-card/tuned-3.yaml"))
        .startsWith("model-index:\n- name: \"sql-forget\"\n  results:\n  - task:\n");
  }

  private static JsonNode report() throws IOException {
    return Json.mapper().readTree(bundle.text("report.json"));
  }

  private static List<Statement> statements() {
    return bundle
        .text(Members.STATEMENTS)
        .lines()
        .map(line -> Statement.of(Envelope.parse(line, "line"), "line"))
        .toList();
  }

  private static Map<String, String> digests(SampleBundle of) {
    Map<String, String> digests = new TreeMap<>();
    of.members().forEach((name, content) -> digests.put(name, Sha256.hex(content)));
    return digests;
  }
}
