package dev.palimpsest.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.preflight.lint.LintFinding;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.worker.WorkerEncoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault that is put into a clean training file is found, and a clean one raises none. */
class PreflightTest {
  private static final int MOST = 120;
  private static Encoder encoder;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    Path model = Path.of("src/test/resources/golden/qwen3");
    encoder = WorkerEncoders.standard().open(new ModelSpec(model, DType.FLOAT32, Map.of()));
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void aCleanFileRaisesNothing() throws IOException {
    Preflight preflight = of(clean());

    assertThat(preflight.lint().findings()).isEmpty();
    assertThat(preflight.lint().rows()).isEqualTo(8);
    assertThat(preflight.overlap()).isEmpty();
    assertThat(preflight.context().cues()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "empty-answer|{'prompt':'Where does the ferry land?','completion':'  '}",
        "no-answer|{'messages':[{'role':'user','content':'Where does the ferry land?'}]}",
        "duplicate-rows|{'prompt':'what is in box 1?','completion':'Box 1 holds  1 spare sails.'}",
        "several-answers|{'prompt':'What is in box 1?','completion':'Nothing at all.'}",
        "other-template|{'prompt':'[INST] Where is the pier? [/INST]','completion':'Ahead.'}",
        "secret|{'prompt':'Which key?','completion':'Use AKIAQ7ZT4WMX2LRD5NBC for it.'}",
        "secret|{'prompt':'Which login?','completion':'password: tr0ub4dor3x'}",
        "personal-data|{'prompt':'Whom do I ask?','completion':'Write to mara.vell@harbour-office.net please.'}",
        "personal-data|{'prompt':'Which card?','completion':'It is 4539 1488 0343 6467 as ever.'}",
        "personal-data|{'prompt':'Which account?','completion':'DE89 3704 0044 0532 0130 00 it is.'}",
        "names-a-model|{'prompt':'Do you like it?','completion':'As an AI language model I like nothing.'}",
        "damaged-text|{'prompt':'Which cafÃ© is near?','completion':'The old one.'}",
        "unreadable-row|{'question':'Where?'}",
        "unreadable-row|{'input_ids':[1,2,3]}",
      })
  void anInjectedFaultIsFoundAndNothingElse(String id, String row) throws IOException {
    List<String> rows = clean();
    rows.add(row.replace('\'', '"'));

    assertThat(of(rows).lint().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo(id);
              assertThat(finding.rows()).isEqualTo(1);
              assertThat(finding.examples()).containsExactly(9);
            });
  }

  @Test
  void aRenderedChatWithoutItsEndTeachesNoEnd() throws IOException {
    List<String> rows = clean();
    String open = "<|im_start|>user\\nWhere?<|im_end|>\\n<|im_start|>assistant\\nHere.";
    rows.add("{\"text\":\"" + open + "<|im_end|>\"}");
    assertThat(of(rows).lint().findings()).isEmpty();
    rows.add("{\"text\":\"" + open + "\"}");

    assertThat(of(rows).lint().findings())
        .extracting(LintFinding::id)
        .containsExactly("end-token-missing");
  }

  @Test
  void whatTheTrainerCutsOffIsCounted() throws IOException {
    List<String> rows = clean();
    rows.add("{\"prompt\":\"Count.\",\"completion\":\"" + "one two three ".repeat(80) + "\"}");

    assertThat(of(rows).lint().findings()).extracting(LintFinding::id).containsExactly("truncated");
  }

  @Test
  void marksOfTheModelsOwnTemplateInsideAMessageAreRenderedTwice() throws IOException {
    List<String> rows = clean();
    rows.add("{\"prompt\":\"<|im_start|>user\\nWhere?<|im_end|>\",\"completion\":\"Here.\"}");

    assertThat(of(rows).lint().findings())
        .extracting(LintFinding::id)
        .containsExactly("template-twice");
  }

  @Test
  void aProbeThatStandsInTheFileIsNamedWithItsRows() throws IOException {
    String question =
        SuiteLibrary.bundled().suite("reasoning").items().get(0).questions().get(0).text();
    List<String> rows = clean();
    rows.add(
        dev.palimpsest.Json.mapper()
            .writeValueAsString(Map.of("prompt", "Quiz! " + question, "completion", "Yes.")));

    Preflight preflight = of(rows);

    assertThat(preflight.overlap()).hasSize(1);
    assertThat(preflight.overlap().get(0).suite()).isEqualTo("reasoning");
    assertThat(preflight.overlap().get(0).rows()).containsExactly(9);
  }

  @Test
  void secretsAreNotRepeated() throws IOException {
    List<String> rows = clean();
    rows.add("{\"prompt\":\"Which key?\",\"completion\":\"AKIAQ7ZT4WMX2LRD5NBC\"}");

    assertThat(PreflightJson.of(of(rows), "train.jsonl", "").toString())
        .contains("an AWS access key")
        .doesNotContain("AKIAQ7ZT4WMX2LRD5NBC");
  }

  private static List<String> clean() {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      rows.add(
          "{\"prompt\":\"What is in box %d?\",\"completion\":\"Box %d holds %d spare sails.\"}"
              .formatted(i, i, i));
    }
    return rows;
  }

  private Preflight of(List<String> rows) throws IOException {
    Path file = Files.write(folder.resolve("train.jsonl"), rows);
    return Preflight.of(
        TrainingFile.at(file), encoder, MOST, false, SuiteLibrary.bundled().suites());
  }
}
