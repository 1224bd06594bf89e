package dev.palimpsest.decoder.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is followed in a config, and what is refused by its name rather than computed wrongly. */
final class FamiliesTest {
  private static final String SIZES =
      "'vocab_size':100,'hidden_size':32,'intermediate_size':48,'num_hidden_layers':2,"
          + "'num_attention_heads':4,'num_key_value_heads':4";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "llama       | 'hidden_act':'xielu'                 | hidden_act is \"xielu\", expected one of silu",
        "llama       | 'partial_rotary_factor':0.5          | partial_rotary_factor is 0.5, expected 1",
        "llama       | 'rope_scaling':{'type':'mrope'}      | rope_scaling.type is \"mrope\", expected one of",
        "llama       | 'is_encoder_decoder':true            | is_encoder_decoder is true, expected false",
        "llama       | 'head_dim':7                         | head_dim is 7, expected an even number",
        "llama       | 'num_key_value_heads':3              | expected a multiple of num_key_value_heads (3)",
        "qwen2       | 'layer_types':['chunked','chunked']  | layer_types is",
        "phi3        | 'rope_scaling':{'type':'linear','factor':2.0} | rope_scaling.type is \"linear\", expected default or longrope",
        "phi3        | 'rope_scaling':{'type':'longrope','short_factor':[1.0],'long_factor':[1.0]} | short_factor is",
        "gemma       | 'use_bidirectional_attention':true   | use_bidirectional_attention is true, expected false",
        "gemma3_text | 'use_bidirectional_attention':true   | use_bidirectional_attention is true, expected false",
        "falcon      | 'num_ln_in_parallel_attn':2          | num_ln_in_parallel_attn is 2, expected 1",
        "falcon      | 'new_decoder_architecture':true,'parallel_attn':false | parallel_attn is false, expected true",
        "opt         | 'ffn_dim':48,'num_attention_heads':5 | hidden_size is 32, expected a multiple",
      })
  void anOptionThatIsNotFollowedIsRefusedByName(String family, String fields, String sentence) {
    assertThatThrownBy(() -> describe(family, without(fields) + fields))
        .isInstanceOf(UserFacingException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anUnknownFamilyIsNamedWithTheClosestKnownOne() {
    assertThatThrownBy(() -> describe("falcom", SIZES))
        .hasMessageContaining("\"falcom\" is not supported; the closest known one is \"falcon\"");
  }

  @Test
  void anAbsentWindowOfMistralIsThatOfItsConfigClassAndNullIsNone() {
    assertThat((int[]) describe("mistral", SIZES).attributes().get("windows"))
        .containsExactly(4096, 4096);
    assertThat(
            (int[])
                describe("mistral", SIZES + ",'sliding_window':null").attributes().get("windows"))
        .containsExactly(0, 0);
  }

  /** Three families whose first files were published with every field; others leave some out. */
  @ParameterizedTest
  @CsvSource({"mixtral, 8, 131072", "qwen2_moe, 16, 32768", "qwen3_moe, 4, 32768"})
  void absentSizesAreThoseOfTheConfigClass(String family, int keyHeads, int length) {
    Sizes sizes =
        describe(
                family,
                "'vocab_size':100,'hidden_size':64,'intermediate_size':48,'num_hidden_layers':1,"
                    + "'num_attention_heads':16")
            .sizes();
    assertThat(sizes.keyHeads()).isEqualTo(keyHeads);
    assertThat(sizes.maxLength()).isEqualTo(length);
  }

  @Test
  void gptOssStretchesItsPositionsWhereAConfigSaysNothingOfThem() {
    RopeSettings rope = describe("gpt_oss", SIZES).ropes().get(0);
    assertThat(rope.type()).isEqualTo("yarn");
    assertThat(rope.originalLength()).isEqualTo(4096);
    assertThat(rope.parameters().number("factor")).isEqualTo(32);
  }

  @Test
  void onlySlidingLayersOfMinistralHaveAWindow() {
    String types = ",'sliding_window':5,'layer_types':['full_attention','sliding_attention']";
    assertThat((int[]) describe("ministral", SIZES + types).attributes().get("windows"))
        .containsExactly(0, 5);
    assertThat((int[]) describe("mistral", SIZES + types).attributes().get("windows"))
        .containsExactly(5, 5);
  }

  @Test
  void absentSoftCapsOfGemma2AreThoseOfItsConfigClass() {
    assertThat(describe("gemma2", SIZES).attributes())
        .containsEntry("attention_cap", 50.0)
        .containsEntry("logit_cap", 30.0);
  }

  @Test
  void sequencesBeyondTheLimitOfDynamicRopeAreEachOfTheirOwnLength() {
    Blueprint model =
        describe(
            "llama",
            SIZES + ",'max_position_embeddings':64,'rope_scaling':{'type':'dynamic','factor':2.0}");
    assertThat(List.of(model.regime(1), model.regime(64))).containsOnly(0);
    assertThat(model.regime(65)).isNotEqualTo(model.regime(66)).isNotZero();
    assertThat(model.longestGeneration()).isEqualTo(128);
  }

  @Test
  void phi3ComputesAllAnewBeyondTheOriginalLength() {
    String factors = "[1.0,1.0,1.0,1.0]";
    Blueprint model =
        describe(
            "phi3",
            SIZES
                + ",'original_max_position_embeddings':16,'rope_scaling':{'type':'su','short_factor':"
                + factors
                + ",'long_factor':"
                + factors
                + "}");
    assertThat(model.restart()).isEqualTo(16);
    assertThat(model.regime(16)).isZero();
    assertThat(model.regime(17)).isEqualTo(model.regime(1000)).isNotZero();
  }

  @Test
  void theNormAfterTheLastPartOfOpt350mIsTheFinalOne() {
    Blueprint model = describe("opt", SIZES + ",'ffn_dim':48,'do_layer_norm_before':false");
    assertThat(model.slots().get(WeightName.of(WeightPart.FINAL_NORM, 0)).names())
        .containsExactly("model.decoder.layers.1.final_layer_norm.weight");
  }

  /** The usual sizes but for those that the fields give. */
  private static String without(String fields) {
    StringBuilder kept = new StringBuilder();
    for (String size : SIZES.split(",", -1)) {
      if (!fields.contains(size.substring(0, size.indexOf(':') + 1))) {
        kept.append(size).append(',');
      }
    }
    return kept.toString();
  }

  private static Blueprint describe(String family, String fields) {
    String text = ("{'model_type':'" + family + "'," + fields + "}").replace('\'', '"');
    try {
      return Families.describe(
          new ModelConfig("config.json", (ObjectNode) Json.mapper().readTree(text)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
