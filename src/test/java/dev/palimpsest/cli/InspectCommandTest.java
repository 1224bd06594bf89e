package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class InspectCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int inspect(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "inspect";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return commandLine.execute(all);
  }

  private static String fixture(String name) {
    try {
      return Path.of(InspectCommandTest.class.getResource("/checkpoint/" + name).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void aSoundFolderIsDescribedAndAccepted() {
    assertThat(inspect(fixture("tiny"))).isEqualTo(ExitCode.PASS);
    assertThat(out.toString())
        .contains("tiny: Hugging Face folder, family llama, 2,568 parameters, F32")
        .contains("digest   sha256:")
        .endsWith("ok" + System.lineSeparator());
  }

  @Test
  void aGgufFileIsDescribedAndAccepted() {
    assertThat(inspect(fixture("gguf/llama-Q4_1.gguf"))).isEqualTo(ExitCode.PASS);
    assertThat(out.toString()).contains("GGUF file, family llama, 42,624 parameters, F32+Q4_1");
  }

  @Test
  void theResultIsJsonOnDemand() throws IOException {
    assertThat(inspect("--json", fixture("tiny"))).isEqualTo(ExitCode.PASS);
    JsonNode json = Json.mapper().readTree(out.toString());
    assertThat(json.get("kind").textValue()).isEqualTo("HUGGING_FACE");
    assertThat(json.get("digest").textValue()).hasSize(64);
    assertThat(json.get("storedTypes").get("F32").intValue()).isEqualTo(2568);
    assertThat(json.get("refused").booleanValue()).isFalse();
  }

  @Test
  void anAdapterIsCheckedAgainstItsBase() {
    assertThat(inspect(fixture("tiny_adapter"), "--base", fixture("tiny"))).isZero();
    assertThat(inspect(fixture("tiny_adapter"), "--base", fixture("llama")))
        .isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString())
        .contains("was made for another base (fixtures/_valid_base) than llama");
  }

  @Test
  void whatIsNoCheckpointGetsOneSentenceAndNoStackTrace(@TempDir Path folder) throws IOException {
    assertThat(inspect(folder.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(inspect(folder.resolve("nothing").toString())).isEqualTo(ExitCode.INTEGRITY);
    Path zip = Files.writeString(folder.resolve("model.zip"), "PK");
    assertThat(inspect(zip.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(err.toString().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).doesNotContain("Exception").doesNotContain("\tat "));
    assertThat(err.toString())
        .contains("is an empty folder; put config.json and *.safetensors files there")
        .contains("nothing: does not exist or may not be read; check the path")
        .contains("model.zip: is an archive, which is not unpacked here; unpack it");
  }

  @Test
  void aTextFileNamedSafetensorsIsToldToBeOne(@TempDir Path folder) throws IOException {
    Files.copy(Path.of(fixture("tiny"), "config.json"), folder.resolve("config.json"));
    Files.writeString(folder.resolve("model.safetensors"), "these are not the weights");
    assertThat(inspect(folder.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString())
        .contains("model.safetensors: is not a safetensors file but a text file")
        .endsWith("refused" + System.lineSeparator());
  }

  @Test
  void aBaseForAWholeModelIsAUsageError() {
    assertThat(inspect(fixture("tiny"), "--base", fixture("llama"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--base goes with an adapter, but PATH is a whole model.");
  }

  @Test
  void aTokenizerThatCouldHangIsRefused(@TempDir Path folder) throws IOException {
    copyTiny(folder);
    edit(
        folder.resolve("tokenizer.json"),
        "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,",
        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(([a-z])+.)+[A-Z]([a-z])+$\"},"
            + "\"behavior\":\"Isolated\",\"invert\":false,");
    assertThat(inspect(folder.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("could take exponential time");
  }

  @Test
  void aTemplateThatNeverEndsIsRefused(@TempDir Path folder) throws IOException {
    copyTiny(folder);
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}");
    assertThat(inspect(folder.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("the chat template runs for too long");
  }

  private static void copyTiny(Path folder) throws IOException {
    for (String name :
        new String[] {
          "config.json", "generation_config.json", "model.safetensors", "tokenizer.json"
        }) {
      Files.copy(Path.of(fixture("tiny"), name), folder.resolve(name));
    }
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
  }
}
