package dev.palimpsest.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspections of adapters that bring a tokenizer or a chat template of their own. */
final class AdapterTextsTest {
  private static final Path BASE = Path.of("src/test/resources/golden/qwen2");

  @TempDir private Path folder;

  @BeforeEach
  void copyAdapter() throws IOException {
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(BASE.resolve("adapters/lora_regex").resolve(name), folder.resolve(name));
    }
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(BASE.resolve(name), folder.resolve(name));
    }
  }

  @Test
  void theBasesOwnTokenizerNeedsNoWord() throws IOException {
    assertThat(findings(Optional.of(BASE))).noneMatch(AdapterTextsTest::isOfTexts);
    assertThat(findings(Optional.empty())).noneMatch(AdapterTextsTest::isOfTexts);
  }

  @Test
  void aTokenThatTheEmbeddingHasNoRowForIsTold() throws IOException {
    Files.writeString(folder.resolve("added_tokens.json"), "{\"<think>\": 900}");
    assertThat(findings(Optional.of(BASE)))
        .anyMatch(finding -> finding.sentence().startsWith("does not have the tokens <think>"))
        .anyMatch(finding -> finding.sentence().startsWith("gives <think> the id 359 and not"));
  }

  @Test
  void anEndTokenThatEndsNoAnswerIsTold() throws IOException {
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"eos_token\": \"<|im_end|>\"", "\"eos_token\": \"<|endoftext|>\""));
    assertThat(findings(Optional.of(BASE)))
        .anyMatch(
            finding ->
                finding.severity() == Severity.WARNING
                    && finding.sentence().contains("<|endoftext|> (357), ends no answer"));
  }

  @Test
  void aTokenizerOfNextToNothingIsRefusedOverItsBase() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"<|endoftext|>\": 0}, \"merges\": []},"
            + " \"pre_tokenizer\": {\"type\": \"ByteLevel\", \"add_prefix_space\": false,"
            + " \"trim_offsets\": true, \"use_regex\": true}}");
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertThat(findings(Optional.of(BASE)))
        .anyMatch(
            finding ->
                finding.severity() == Severity.ERROR
                    && finding.sentence().contains("so it is not this model's tokenizer; copy"));
  }

  @Test
  void aBrokenTemplateIsRefused() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "{% for m in messages %}");
    assertThat(findings(Optional.empty()))
        .anyMatch(
            finding ->
                finding.severity() == Severity.ERROR
                    && finding.file().equals("chat_template.jinja"));
  }

  private static boolean isOfTexts(Finding finding) {
    return finding.file().startsWith("tokenizer") || finding.file().startsWith("chat_template");
  }

  private List<Finding> findings(Optional<Path> base) throws IOException {
    Inspection inspection = FullInspection.of(folder, base, new Silent());
    return inspection.findings();
  }

  private static final class Silent implements FullInspection.Listener {
    @Override
    public void step(String file, String doing) {}

    @Override
    public void found(Inspection inspection) {}
  }
}
