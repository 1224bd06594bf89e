package dev.palimpsest.decoder.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import org.junit.jupiter.api.Test;

/** Expected values: transformers 5.23.0, modeling_rope_utils, for a head size of 16. */
final class RopeFrequenciesTest {
  private static final Sizes SIZES = new Sizes(64, 128, 2, 4, 4, 16, 100, 256);

  @Test
  void linearStretchesEveryWave() {
    RopeSettings rope = rope("{'rope_type':'linear','rope_theta':10000.0,'factor':4.0}");
    assertFrequencies(
        rope,
        0.25,
        0.07905694097280502,
        0.02500000037252903,
        0.007905694656074047,
        0.0024999999441206455,
        0.0007905694656074047,
        0.0002500000118743628,
        7.905694656074047e-05);
    assertThat(rope.scale()).isEqualTo(1);
  }

  @Test
  void dynamicIsTheDefaultUpToTheLongestSequence() {
    RopeSettings rope = rope("{'rope_type':'dynamic','rope_theta':10000.0,'factor':2.0}");
    assertFrequencies(
        rope,
        1.0,
        0.3162277638912201,
        0.10000000149011612,
        0.03162277862429619,
        0.009999999776482582,
        0.003162277862429619,
        0.0010000000474974513,
        0.0003162277862429619);
  }

  @Test
  void llama3KeepsShortWavesStretchesLongOnesAndInterpolatesBetween() {
    RopeSettings rope =
        rope(
            "{'rope_type':'llama3','rope_theta':500000.0,'factor':8.0,'low_freq_factor':1.0,"
                + "'high_freq_factor':4.0,'original_max_position_embeddings':64}");
    assertFrequencies(
        rope,
        1.0,
        0.07940301299095154,
        0.004700753837823868,
        0.0009115831344388425,
        0.00017677668074611574,
        3.428102354519069e-05,
        6.647869668086059e-06,
        1.289173155782919e-06);
  }

  @Test
  void yarnRampsFromKeptToStretchedAndScalesAttention() {
    RopeSettings rope =
        rope(
            "{'rope_type':'yarn','rope_theta':10000.0,'factor':4.0,"
                + "'original_max_position_embeddings':64}");
    assertFrequencies(
        rope,
        1.0,
        0.23717081546783447,
        0.04999999701976776,
        0.007905694656074047,
        0.0024999999441206455,
        0.0007905694656074047,
        0.0002500000118743628,
        7.905694656074047e-05);
    assertThat(rope.scale()).isCloseTo(1.138629436111989, within(1e-15));
  }

  @Test
  void yarnTakesItsOtherNumbersFromTheConfig() {
    RopeSettings rope =
        rope(
            "{'rope_type':'yarn','rope_theta':10000.0,'factor':40.0,'mscale':0.707,"
                + "'mscale_all_dim':1.0,'beta_fast':16,'beta_slow':2,'truncate':false,"
                + "'original_max_position_embeddings':64}");
    assertFrequencies(
        rope,
        1.0,
        0.0981689840555191,
        0.0024999999441206455,
        0.0007905694656074047,
        0.0002500000118743628,
        7.905694656074047e-05,
        2.499999936844688e-05,
        7.905694474175107e-06);
    assertThat(rope.scale()).isCloseTo(0.9210423553163399, within(1e-15));
  }

  @Test
  void theSpellingOfTransformers4MeansTheSame() {
    ModelConfig config =
        config("{'rope_theta':500000.0,'rope_scaling':{'type':'linear','factor':4.0}}");
    RopeSettings rope = RopeSettings.of(config, SIZES);
    assertThat(rope.type()).isEqualTo("linear");
    assertThat(rope.theta()).isEqualTo(500_000);
    assertThat(rope.dimensions()).isEqualTo(16);
  }

  @Test
  void anUnknownTypeIsNamed() {
    assertThatThrownBy(() -> rope("{'rope_type':'spiral'}"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("\"spiral\"")
        .hasMessageContaining("llama3");
  }

  private static RopeSettings rope(String parameters) {
    return RopeSettings.of(config("{'rope_parameters':" + parameters + "}"), SIZES);
  }

  private static ModelConfig config(String json) {
    try {
      return new ModelConfig(
          "config.json", (ObjectNode) Json.mapper().readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Powers may differ in the last two bits from those of another library. */
  private static void assertFrequencies(RopeSettings rope, double... expected) {
    float[] found = RopeFrequencies.of(rope, RopeFrequenciesTest::powers);
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(3e-7 * expected[i]));
    }
  }

  private static float[] powers(double base, float[] exponents) {
    float[] powers = new float[exponents.length];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) Math.pow(base, exponents[i]);
    }
    return powers;
  }
}
