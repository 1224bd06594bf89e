package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where answers end, and what is said where the files do not agree on it. */
final class TurnEndTest {
  private static final Path QWEN = Path.of("src/test/resources/golden/qwen2");
  private static final String EOS = "\"eos_token\": \"<|im_end|>\"";

  @TempDir private Path folder;

  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = copy("model");
  }

  @Test
  void filesThatAgreeNeedNoNote() {
    assertThat(endNote(model)).isEmpty();
  }

  @Test
  void anEosTokenThatGenerationConfigDoesNotNameIsTold() throws IOException {
    edit(model, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    assertThat(endNote(model))
        .isEqualTo(
            "the tokenizer's eos_token, <|endoftext|> (357), ends no answer: the model's files end"
                + " answers with <|im_end|> (356), and transformers runs on past it too; name 357 as"
                + " eos_token_id in generation_config.json (of the base, for an adapter) if it"
                + " should end them");
  }

  @Test
  void theAdviceThatIsGivenEndsTheNote() throws IOException {
    edit(model, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    edit(model, "generation_config.json", "\"eos_token_id\": 356", "\"eos_token_id\": [356, 357]");
    assertThat(endNote(model)).isEmpty();
  }

  @Test
  void aTurnEndOfTheTemplateThatEndsNoAnswerIsTold() throws IOException {
    edit(model, "generation_config.json", "\"eos_token_id\": 356", "\"eos_token_id\": 357");
    edit(model, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    assertThat(endNote(model))
        .startsWith(
            "the token that ends a turn in the chat template, <|im_end|> (356), ends no answer");
  }

  @Test
  void theTokenizerEndsAnswersWhereNoOtherFileDoes() throws IOException {
    edit(model, "generation_config.json", "\"eos_token_id\": 356,", "");
    edit(model, "config.json", "\"eos_token_id\": 356", "\"eos_token_id\": null");
    edit(model, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    assertThat(ends(model, Optional.empty())).containsExactly(357);
  }

  /** As PEFT's merged model, whose generation_config.json is the base's. */
  @Test
  void anAdapterEndsAnswersWhereItsMergedModelDoes() throws IOException {
    Path adapter = Files.createDirectory(folder.resolve("adapter"));
    for (String name : new String[] {"adapter_config.json", "adapter_model.safetensors"}) {
      Files.copy(QWEN.resolve("adapters/lora_regex").resolve(name), adapter.resolve(name));
    }
    for (String name : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
      Files.copy(QWEN.resolve(name), adapter.resolve(name));
    }
    edit(adapter, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    Path merged = copy("merged");
    edit(merged, "tokenizer_config.json", EOS, "\"eos_token\": \"<|endoftext|>\"");
    assertThat(ends(model, Optional.of(adapter)))
        .isEqualTo(ends(merged, Optional.empty()))
        .containsExactly(356);
    assertThat(endNote(model, Optional.of(adapter)))
        .isEqualTo(endNote(merged))
        .startsWith("the tokenizer's eos_token, <|endoftext|> (357), ends no answer");
  }

  private static String endNote(Path base) {
    return endNote(base, Optional.empty());
  }

  private static String endNote(Path base, Optional<Path> adapter) {
    try (PromptEncoders encoders = open(base, adapter)) {
      return encoders.notes(adapter.map(path -> "tuned")).end();
    }
  }

  private static int[] ends(Path base, Optional<Path> adapter) {
    try (PromptEncoders encoders = open(base, adapter)) {
      return encoders.of(adapter.map(path -> "tuned")).endIds();
    }
  }

  private static PromptEncoders open(Path base, Optional<Path> adapter) {
    Map<String, Path> adapters = adapter.map(path -> Map.of("tuned", path)).orElse(Map.of());
    try (Checkpoint checkpoint = Checkpoint.open(base)) {
      return PromptEncoders.open(checkpoint, new ModelSpec(base, DType.FLOAT32, adapters));
    }
  }

  private Path copy(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(QWEN)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  private static void edit(Path in, String name, String from, String to) throws IOException {
    Path file = in.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }
}
