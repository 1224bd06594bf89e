package dev.palimpsest.decoder.local;

import static dev.palimpsest.decoder.local.Golden.floats;
import static dev.palimpsest.decoder.local.Golden.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.decoder.kernel.Arithmetic;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Generation.Finish;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RollingWindows;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every result is compared with what transformers, PEFT and lm-eval compute from the same files in
 * float32. Their own rounding noise against float64 is up to 4e-5.
 */
@Tag("slow")
final class DecoderGoldenTest {
  private static final Offset<Float> LOGIT = within(1e-4f);
  private static final Offset<Double> LOG_LIKELIHOOD = within(1e-3);

  static Stream<Golden> everything() {
    return Stream.of(checkpoints(), ggufs(), architectures(), adapters()).flatMap(s -> s);
  }

  private static Stream<Golden> architectures() {
    return Stream.of(
            "llama_rope",
            "mistral",
            "mixtral",
            "qwen2moe",
            "qwen3moe",
            "gpt_oss",
            "gemma",
            "gemma2",
            "gemma3",
            "phi2",
            "phi3",
            "phi3_longrope",
            "granite",
            "smollm3",
            "olmo2",
            "stablelm",
            "stablelm_parallel",
            "gpt2",
            "gptneox",
            "falcon_7b",
            "falcon_40b")
        .map(name -> Path.of("src/test/resources/gguf").resolve(name))
        .map(Golden::gguf);
  }

  private static Stream<Golden> checkpoints() {
    return Stream.of(
            "llama",
            "llama3",
            "llama_v4_layout",
            "mistral",
            "qwen2",
            "qwen3",
            "smollm3",
            "granite",
            "olmo2",
            "phi3",
            "phi",
            "stablelm",
            "stablelm_parallel",
            "opt",
            "opt_350m",
            "falcon_7b",
            "falcon_40b",
            "falcon_11b",
            "falcon_rw",
            "phi3_longrope",
            "llama_dynamic",
            "gemma",
            "gemma2",
            "gemma3_text",
            "gemma3_whole",
            "ministral",
            "gpt2",
            "gpt2_v4_layout",
            "gpt_neox",
            "mixtral",
            "qwen2_moe",
            "qwen3_moe",
            "gpt_oss",
            "gpt_oss_mxfp4",
            "llama_nf4",
            "llama_nf4_dq",
            "qwen2_nf4",
            "qwen2_nf4_dq")
        .map(Golden::checkpoint);
  }

  private static Stream<Golden> ggufs() {
    return Stream.of("F16", "Q8_0", "Q4_0", "Q4_1").map(Golden::gguf);
  }

  private static Stream<Golden> adapters() {
    Stream<Golden> llama =
        Stream.of(
                "lora_plain",
                "lora_all_linear_rslora",
                "lora_patterns",
                "lora_layers_to_transform",
                "lora_dora",
                "lora_embed_tokens",
                "lora_modules_to_save_lm_head")
            .map(name -> Golden.adapter("llama", name));
    Stream<Golden> others =
        Stream.of(
            Golden.adapter("gpt2", "lora_all_bias_lora_only"),
            Golden.adapter("gpt2", "lora_dora_c_attn"),
            Golden.adapter("gpt2", "lora_wte"),
            Golden.adapter("qwen2", "lora_bias_lora_only"),
            Golden.adapter("qwen2", "lora_regex"),
            Golden.adapter("llama_nf4_dq", "qlora"),
            Golden.adapter("qwen2_nf4_dq", "qlora"),
            Golden.adapter("qwen3_moe", "lora_experts"));
    return Stream.concat(llama, others);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void computesTheSameLogitsGenerationsAndLikelihoods(Golden golden) {
    try (LocalRunner runner = golden.open()) {
      assertLogits(golden, runner, golden.expected().get("cases"));
      assertLogits(golden, runner, golden.expected().get("batch").get("sequences"));
      assertGenerations(golden, runner);
      assertLikelihoods(golden, runner);
      assertTokens(golden, runner);
      assertRollingLikelihoods(golden, runner);
    }
  }

  /** Weights stored in bfloat16 are widened without loss, so that nothing is rounded at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3_text",
        "gpt_oss",
        "llama3",
        "mistral",
        "mixtral",
        "phi3",
        "qwen2_moe",
        "qwen3_moe"
      })
  void computesTheSameFromBfloat16WeightsWhereTheyAreWidened(String name) {
    Golden golden = Golden.checkpoint(name);
    Arithmetic widening = new Arithmetic(DType.BFLOAT16, DType.FLOAT32, true, false);
    try (LocalRunner runner = golden.open(DType.BFLOAT16, widening)) {
      assertLogits(golden, runner, golden.expected().get("cases"));
      assertLogits(golden, runner, golden.expected().get("batch").get("sequences"));
      assertGenerations(golden, runner);
      assertLikelihoods(golden, runner);
    }
  }

  /** So does a library that stores tensors that share memory once, under the first name. */
  @Test
  void aTiedTableStoredAsTheHeadAloneIsReadAsBoth(@TempDir Path folder) throws IOException {
    Golden golden = Golden.checkpoint("gemma");
    Golden.copy(golden.model(), folder);
    Path weights = folder.resolve("model.safetensors");
    String bytes = Files.readString(weights, StandardCharsets.ISO_8859_1);
    String renamed =
        bytes.replace("\"model.embed_tokens.weight\"", "\"lm_head.weight\"           ");
    assertThat(renamed).isNotEqualTo(bytes);
    Files.writeString(weights, renamed, StandardCharsets.ISO_8859_1);
    Golden moved = new Golden(folder, golden.adapter(), golden.expected());
    try (LocalRunner runner = moved.open()) {
      assertLogits(moved, runner, golden.expected().get("cases"));
    }
  }

  private static void assertLogits(Golden golden, LocalRunner runner, JsonNode cases) {
    List<int[]> sequences = new ArrayList<>();
    cases.forEach(entry -> sequences.add(ints(entry.get("input_ids"))));
    List<SequenceLogits> found = runner.logits(golden.adapterName(), sequences);
    for (int i = 0; i < cases.size(); i++) {
      JsonNode expected = cases.get(i);
      assertThat(found.get(i).logitsLast())
          .containsExactly(floats(expected.get("logits_last")), LOGIT);
      assertThat(found.get(i).logProbs())
          .containsExactly(floats(expected.get("logprobs_target")), LOGIT);
      assertThat(found.get(i).argmax()).containsExactly(ints(expected.get("argmax")));
    }
  }

  private static void assertGenerations(Golden golden, LocalRunner runner) {
    List<Generation> found =
        runner.generate(golden.adapterName(), golden.prompts(), GenerateOptions.greedy(16));
    for (int i = 0; i < found.size(); i++) {
      JsonNode expected = golden.expected().get("generate").get(i);
      Finish finish = expected.get("finish").textValue().equals("eos") ? Finish.END : Finish.LENGTH;
      assertThat(found.get(i).ids()).containsExactly(ints(expected.get("output_ids")));
      assertThat(found.get(i).finish()).isEqualTo(finish);
      assertThat(found.get(i).text()).isEqualTo(expected.get("output_text").textValue());
    }
  }

  private static void assertLikelihoods(Golden golden, LocalRunner runner) {
    List<List<ContinuationScore>> found =
        runner.score(golden.adapterName(), golden.scoreRequests());
    for (int i = 0; i < found.size(); i++) {
      JsonNode expected = golden.expected().get("loglikelihood").get(i);
      ContinuationScore score = found.get(i).get(0);
      assertThat(score.logProb()).isCloseTo(expected.get("logprob").doubleValue(), LOG_LIKELIHOOD);
      assertThat(score.isGreedy()).isEqualTo(expected.get("is_greedy").booleanValue());
      assertThat(score.truncated()).isEqualTo(expected.get("truncated").booleanValue());
    }
  }

  private static void assertRollingLikelihoods(Golden golden, LocalRunner runner) {
    int prefix = golden.expected().path("lm_eval_model").path("prefix_token_id").intValue();
    for (JsonNode expected : golden.expected().path("loglikelihood_rolling")) {
      int[] ids = ints(expected.get("ids"));
      List<ScoreRequest> windows = RollingWindows.of(prefix, ids, runner.description().maxLength());
      double sum =
          runner.score(golden.adapterName(), windows).stream()
              .mapToDouble(scores -> scores.get(0).logProb())
              .sum();
      assertThat(sum).isCloseTo(expected.get("logprob").doubleValue(), LOG_LIKELIHOOD);
    }
  }

  private static void assertTokens(Golden golden, LocalRunner runner) {
    for (JsonNode expected : golden.expected().get("loglikelihood")) {
      Prompt prompt = new Prompt.Text(expected.get("context").textValue());
      String continuation = expected.get("continuation").textValue();
      Encoded found =
          runner
              .encode(Optional.empty(), List.of(new EncodeRequest(prompt, List.of(continuation))))
              .get(0);
      assertThat(found.contextIds()).containsExactly(ints(expected.get("context_ids")));
      assertThat(found.continuationIds().get(0))
          .containsExactly(ints(expected.get("continuation_ids")));
    }
  }
}
