package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestsTest {
  @TempDir Path folder;

  @Test
  void blankLinesAreSkippedAndKeepTheirNumbers() throws IOException {
    List<JsonLine> lines = Requests.read(requests("{\"id\":1}\n\n{\"id\":\"b\"}\n"));

    assertThat(lines).extracting(JsonLine::number).containsExactly(1, 3);
    assertThat(lines).extracting(line -> line.id().asText()).containsExactly("1", "b");
  }

  @Test
  void aLineThatIsNotAnObjectIsNamed() throws IOException {
    Path file = requests("{\"id\":1}\n[1]\n");

    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> Requests.read(file))
        .withMessageContaining("line 2: found [1], expected one JSON object");
  }

  @Test
  void aCutLineIsNamed() throws IOException {
    Path file = requests("{\"id\":1}\n{\"id\":");

    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> Requests.read(file))
        .withMessageContaining("line 2: found text that is not JSON");
  }

  @Test
  void aFieldOfAnotherKindIsNamed() throws IOException {
    JsonLine line = Requests.read(requests("{\"id\":1,\"text\":7,\"ids\":[1,-2]}")).get(0);

    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> line.text("text"))
        .withMessageEndingWith("line 1: field \"text\" should be a string but is a number.");
    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> line.ids("ids"))
        .withMessageContaining("entry 1 should be a token id (0 or more) but is -2");
    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> line.text("prompt"))
        .withMessageEndingWith("field \"prompt\" is missing; it should be a string.");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Path file = folder.resolve("requests.jsonl");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> Requests.read(file))
        .withMessageContaining("line 1: found bytes that are not UTF-8");
  }

  @Test
  void answersAppearOnlyWhenCommitted() throws IOException {
    Path out = folder.resolve("out.jsonl");
    try (JsonLinesWriter writer = JsonLinesWriter.open(out)) {
      writer.write(Map.of("id", 1));
    }
    assertThat(folder).isEmptyDirectory();

    try (JsonLinesWriter writer = JsonLinesWriter.open(out)) {
      writer.write(Map.of("id", 1));
      writer.commit();
    }
    assertThat(folder.toFile().list()).containsExactly("out.jsonl");
    assertThat(out).hasContent("{\"id\":1}");
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThatExceptionOfType(RequestsException.class)
        .isThrownBy(() -> JsonLinesWriter.open(folder.resolve("no/out.jsonl")))
        .withMessageContaining("no such folder");
  }

  private Path requests(String content) throws IOException {
    return Files.writeString(folder.resolve("requests.jsonl"), content);
  }
}
