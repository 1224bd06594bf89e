package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.ModelDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ContentKeyTest {
  private static final Arm BASE = arm("base", Optional.empty(), "aa");
  private static final ModelDescription MODEL = model("engine 1", "cpu", "tok", "tem");
  private static final List<Encoded> PROMPT = prompt("rendered", 1, 2);

  @Test
  void aKeyIsTheSameForTheSameComputation() {
    Arm renamed = arm("another name", Optional.empty(), "aa");
    assertThat(key(renamed, MODEL, DType.FLOAT32, prompt("said otherwise", 1, 2), 16))
        .isEqualTo(reference());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void aKeyChangesWithEverythingTheResultDependsOn(String what, String key) {
    assertThat(key).isNotEqualTo(reference());
  }

  static Stream<Arguments> differences() {
    Arm other = arm("base", Optional.empty(), "ab");
    Arm adapter = arm("base", Optional.of(Path.of("/adapter")), "aa");
    return Stream.of(
        Arguments.of("weights", key(other, MODEL, DType.FLOAT32, PROMPT, 16)),
        Arguments.of("adapter", key(adapter, MODEL, DType.FLOAT32, PROMPT, 16)),
        Arguments.of("scale", key(adapter.at(0.5), MODEL, DType.FLOAT32, PROMPT, 16)),
        Arguments.of("dtype", key(BASE, MODEL, DType.BFLOAT16, PROMPT, 16)),
        Arguments.of(
            "engine", key(BASE, model("engine 2", "cpu", "tok", "tem"), DType.FLOAT32, PROMPT, 16)),
        Arguments.of(
            "device",
            key(BASE, model("engine 1", "cuda:0", "tok", "tem"), DType.FLOAT32, PROMPT, 16)),
        Arguments.of(
            "tokenizer",
            key(BASE, model("engine 1", "cpu", "tik", "tem"), DType.FLOAT32, PROMPT, 16)),
        Arguments.of(
            "template",
            key(BASE, model("engine 1", "cpu", "tok", "tam"), DType.FLOAT32, PROMPT, 16)),
        Arguments.of(
            "prompt tokens", key(BASE, MODEL, DType.FLOAT32, prompt("rendered", 1, 3), 16)),
        Arguments.of("token limit", key(BASE, MODEL, DType.FLOAT32, PROMPT, 17)));
  }

  /** The value was computed before thinking was told apart: what is stored is found again. */
  @Test
  void aKeyWithoutThinkingIsWhatItWas() {
    assertThat(reference())
        .isEqualTo("d4b8830fb4577615e62ad0e04deabc6c835e6f0f92e46283505bff303f0e643b");
  }

  /** At scale 1 an adapter is itself, so what one audit computed a sweep finds again. */
  @Test
  void atScaleOneAnAdapterIsItself() {
    Arm adapter = arm("adapter", Optional.of(Path.of("/adapter")), "aa");
    assertThat(key(adapter.at(1), MODEL, DType.FLOAT32, PROMPT, 16))
        .isEqualTo(key(adapter, MODEL, DType.FLOAT32, PROMPT, 16))
        .isNotEqualTo(key(adapter.at(0.5), MODEL, DType.FLOAT32, PROMPT, 16));
  }

  @Test
  void roomForThinkingMatters() {
    GenerateOptions options = GenerateOptions.greedy(16).withThinking(512);
    assertThat(ContentKey.of(BASE, MODEL, DType.FLOAT32).of(PROMPT, Optional.of(options)))
        .isNotEqualTo(reference());
  }

  @Test
  void whereAPromptEndsAndItsContinuationBeginsMatters() {
    ContentKey keys = ContentKey.of(BASE, MODEL, DType.FLOAT32);
    Encoded early = new Encoded("", new int[] {1}, List.of(new int[] {2, 3}));
    Encoded late = new Encoded("", new int[] {1, 2}, List.of(new int[] {3}));
    assertThat(keys.of(List.of(early), Optional.empty()))
        .isNotEqualTo(keys.of(List.of(late), Optional.empty()));
  }

  private static String reference() {
    return key(BASE, MODEL, DType.FLOAT32, PROMPT, 16);
  }

  private static String key(
      Arm arm, ModelDescription model, DType dtype, List<Encoded> prompt, int maxTokens) {
    return ContentKey.of(arm, model, dtype)
        .of(prompt, Optional.of(GenerateOptions.greedy(maxTokens)));
  }

  private static List<Encoded> prompt(String rendered, int... ids) {
    return List.of(new Encoded(rendered, ids, List.of()));
  }

  private static ModelDescription model(
      String engine, String device, String tokenizer, String template) {
    return new ModelDescription("llama", 1, 512, 100, device, engine, tokenizer, template);
  }

  private static Arm arm(String name, Optional<Path> adapter, String digest) {
    return new Arm(
        name,
        Arm.Role.BASE,
        Path.of("/base"),
        adapter,
        digest,
        "aa".equals(digest) ? "aa" : digest);
  }
}
