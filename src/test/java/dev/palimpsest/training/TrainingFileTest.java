package dev.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.training.TrainingRow.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training files in every shape that people have, and what is said of those that are none. */
class TrainingFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHAT|{\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Why?\"},{\"role\":\"assistant\",\"content\":\"So.\"}]}",
        "PROMPT_COMPLETION|{\"system\":\"Be kind.\",\"prompt\":\"Why?\",\"completion\":\"So.\"}",
        "PROMPT_COMPLETION|{\"prompt\":[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Why?\"}],\"completion\":[{\"role\":\"assistant\",\"content\":\"So.\"}]}",
        "ALPACA|{\"system\":\"Be kind.\",\"instruction\":\"Why?\",\"input\":\"\",\"output\":\"So.\"}",
        "SHAREGPT|{\"system\":\"Be kind.\",\"conversations\":[{\"from\":\"human\",\"value\":\"Why?\"},{\"from\":\"gpt\",\"value\":\"So.\"}]}",
      })
  void everyShapeGivesTheSameExample(Shape shape, String line) throws IOException {
    TrainingRow row = rows(line).get(0);

    assertThat(row.shape()).isEqualTo(shape);
    assertThat(row.system()).isEqualTo("Be kind.");
    assertThat(row.question()).isEqualTo("Why?");
    assertThat(row.answer()).isEqualTo("So.");
  }

  @Test
  void theInputOfAlpacaStandsBelowTheInstruction() throws IOException {
    assertThat(
            rows("{\"instruction\":\"Add.\",\"input\":\"1 2\",\"output\":\"3\"}").get(0).question())
        .isEqualTo("Add.\n\n1 2");
  }

  @Test
  void plainTextIsWhatTheModelLearnsToSay() throws IOException {
    TrainingRow row = rows("{\"text\":\"Once upon a time.\"}").get(0);

    assertThat(row.answer()).isEqualTo("Once upon a time.");
    assertThat(row.question()).isEmpty();
  }

  @Test
  void aListIsReadLikeLines() throws IOException {
    assertThat(rows("[{\"text\":\"a\"},\n {\"text\":\"b\"}]"))
        .extracting(TrainingRow::answer)
        .containsExactly("a", "b");
  }

  @Test
  void blankLinesAndAByteOrderMarkArePassedOver() throws IOException {
    List<TrainingRow> rows = rows("\uFEFF{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\"}\n");

    assertThat(rows).extracting(TrainingRow::row).containsExactly(1, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"question\":\"Why?\"}|row 2: found an object with \"question\", expected one with \"messages\"",
        "{\"messages\":[]}|row 2, field messages: found no message, expected a list of messages.",
        "{\"messages\":[{\"role\":\"narrator\",\"content\":\"a\"}]}|row 2, field messages[0].role: found \"narrator\"",
        "{\"messages\":[{\"role\":\"user\",\"content\":7}]}|row 2, field messages[0].content: found a number, expected a text.",
        "{\"messages\"|row 2: found what is no JSON, expected one JSON object on the line.",
        "[1]|row 2: found a list, expected a JSON object.",
      })
  void aRowThatIsNoneIsNamed(String line, String sentence) throws IOException {
    Path file = write("{\"text\":\"a\"}\n" + line + "\n");

    assertThatThrownBy(() -> TrainingFile.at(file).rows(row -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("train.jsonl, " + sentence);
  }

  @Test
  void faultyRowsCanBeCountedWhileTheOthersAreRead() throws IOException {
    List<Object> seen = new ArrayList<>();
    TrainingFile.at(write("{\"text\":\"a\"}\nnonsense\n{\"text\":\"b\"}\n"))
        .read(
            new TrainingFile.Reader() {
              @Override
              public void row(TrainingRow row) {
                seen.add(row.row());
              }

              @Override
              public void fault(RowFault fault) {
                seen.add(fault.sentence());
              }
            });

    assertThat(seen)
        .containsExactly(
            1, "row 2: found what is no JSON, expected one JSON object on the line.", 3);
  }

  @Test
  void aListThatWasCutOffSaysAfterWhichRow() throws IOException {
    Path file = write("[{\"text\":\"a\"},{\"text\":\"b");

    assertThatThrownBy(() -> TrainingFile.at(file).rows(row -> {}))
        .hasMessageContaining("no JSON after row 1; was it cut off?");
  }

  @Test
  void aFileWithoutRowsIsRefused() throws IOException {
    assertThatThrownBy(() -> TrainingFile.at(write("\n\n")).rows(row -> {}))
        .hasMessageContaining("it has no rows");
    assertThatThrownBy(() -> TrainingFile.at(write(""))).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> TrainingFile.at(folder)).hasMessageContaining("this is a folder");
    assertThatThrownBy(() -> TrainingFile.at(folder.resolve("none.jsonl")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void bytesThatAreNoTextAreNamed() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.write(file, new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', '}'});

    assertThatThrownBy(() -> TrainingFile.at(file).rows(row -> {}))
        .hasMessageContaining("it is not in UTF-8");
  }

  private List<TrainingRow> rows(String content) throws IOException {
    List<TrainingRow> rows = new ArrayList<>();
    TrainingFile.at(write(content)).rows(rows::add);
    return rows;
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("train.jsonl"), content, StandardCharsets.UTF_8);
  }
}
