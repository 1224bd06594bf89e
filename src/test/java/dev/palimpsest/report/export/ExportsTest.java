package dev.palimpsest.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.report.ReportException;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.model.SampleAudit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** items.jsonl, gates.junit.xml and the writing of all files. */
final class ExportsTest {
  @TempDir private Path folder;

  @Test
  void everyItemAndTunedArmHasALineWithBothOutcomes() throws IOException {
    List<String> lines =
        new String(SampleAudit.small().report().items(), StandardCharsets.UTF_8).lines().toList();
    JsonNode first = Json.mapper().readTree(lines.get(0));
    long lost = lines.stream().filter(line -> line.contains("\"change\":\"LOST\"")).count();

    assertThat(lines).hasSize(40);
    assertThat(lost).isEqualTo(20);
    assertThat(first.get("item").asText()).isEqualTo("know-0000");
    assertThat(first.get("tier").asText()).isEqualTo("easy");
    assertThat(first.at("/base/output").asText()).isEqualTo("Canberra");
    assertThat(first.at("/tunedOutcome/state").asText()).isEqualTo("SCORED");
    assertThat(first.at("/base/details/margin").isNumber()).isTrue();
  }

  @Test
  void gatesAreTestCasesThatPassFailOrAreSkipped() throws Exception {
    Element root = junit(SampleAudit.large().report());

    assertThat(root.getAttribute("tests")).isEqualTo("12");
    assertThat(root.getAttribute("failures")).isEqualTo("4");
    assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(4);
    assertThat(((Element) root.getElementsByTagName("failure").item(1)).getAttribute("message"))
        .startsWith("Knowledge fell 33.0 points");
    assertThat(root.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    NodeList suites = root.getElementsByTagName("testsuite");
    assertThat(((Element) suites.item(2)).getAttribute("name")).isEqualTo("sql-forget");
  }

  @Test
  void whyAGateCameOutSoAndWhatToDoStandWithIt() throws Exception {
    Report report = SampleAudit.large().report();
    ReportData.Cause first =
        report.data().causes().stream()
            .filter(one -> one.suite() != null)
            .findFirst()
            .orElseThrow();
    NodeList cases = junit(report).getElementsByTagName("testcase");

    assertThat(IntStream.range(0, cases.getLength()).mapToObj(i -> cases.item(i).getTextContent()))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains(
                        "\nCause: " + first.sentence(), "\nNext: " + first.advice().get(0).text()));
  }

  @Test
  void aProvenDropOfOpenSizeIsAFailureOfItsOwnType() throws Exception {
    NodeList failures = junit(SampleAudit.large().report()).getElementsByTagName("failure");

    assertThat(((Element) failures.item(0)).getAttribute("type")).isEqualTo("regressed");
    assertThat(((Element) failures.item(0)).getAttribute("message"))
        .contains("the drop is proven and its size is open")
        .endsWith("REGRESSED.");
    assertThat(((Element) failures.item(1)).getAttribute("type")).isEqualTo("regression");
  }

  @Test
  void gatesOfAnAuditThatDidNotFinishAreErrors() throws Exception {
    Element root = junit(SampleAudit.unfinished().report());

    assertThat(root.getAttribute("errors")).isEqualTo("1");
    assertThat(root.getAttribute("failures")).isEqualTo("0");
  }

  @Test
  void writesItsFilesAndLeavesNothingElse() throws IOException {
    Report report = SampleAudit.small().report();

    ReportFiles.write(folder.resolve("out"), report);
    ReportFiles.write(folder.resolve("out"), report);

    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "report.json",
              "items.jsonl",
              "gates.junit.xml",
              "summary.md",
              "comment.md");
    }
    assertThat(Files.readAllBytes(folder.resolve("out/report.json"))).isEqualTo(report.json());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> ReportFiles.write(file, SampleAudit.small().report()))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("could not be written to " + file);
  }

  @Test
  void everyPipelineThatReadsTheSchemaOfJUnitReadsTheGates() throws Exception {
    Validator validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(ExportsTest.class.getResource("/report/junit.xsd"))
            .newValidator();
    for (SampleAudit audit :
        List.of(SampleAudit.small(), SampleAudit.large(), SampleAudit.unfinished())) {
      byte[] gates = JUnitExport.of(audit.report().data());
      assertThatCode(() -> validator.validate(new StreamSource(new ByteArrayInputStream(gates))))
          .doesNotThrowAnyException();
    }
  }

  private static Element junit(Report report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(JUnitExport.of(report.data())))
        .getDocumentElement();
  }
}
