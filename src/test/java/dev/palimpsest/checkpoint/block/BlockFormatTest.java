package dev.palimpsest.checkpoint.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden blocks: random bytes with scales of ordinary size, decoded by the Python package gguf
 * 0.19.0 ({@code gguf.quants.dequantize}). The arithmetic is the same, so the bits are.
 */
final class BlockFormatTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "F16",
        "BF16",
        "Q4_0",
        "Q4_1",
        "Q5_0",
        "Q5_1",
        "Q8_0",
        "Q2_K",
        "Q3_K",
        "Q4_K",
        "Q5_K",
        "Q6_K",
        "IQ4_NL",
        "IQ4_XS",
        "MXFP4_GGML"
      })
  void blocksGiveWhatTheReferenceGives(String name) throws IOException {
    JsonNode golden = golden().get(name);
    byte[] blocks = Base64.getDecoder().decode(golden.get("blocks").textValue());
    float[] expected = floats(Base64.getDecoder().decode(golden.get("float32").textValue()));

    BlockFormat format = BlockFormats.named(name).orElseThrow();
    int count = blocks.length / format.bytes();
    float[] decoded = new float[count * format.elements()];
    format.decode(blocks, 0, decoded, 0, count);

    assertThat(decoded).isEqualTo(expected);
  }

  @Test
  void doublesAreRoundedToFloat32() {
    byte[] bytes =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).putDouble(-3).array();
    float[] decoded = new float[2];
    BlockFormats.named("F64").orElseThrow().decode(bytes, 0, decoded, 0, 2);
    assertThat(decoded).containsExactly(0.1f, -3f);
  }

  @Test
  void roundingToBfloat16TakesTheNearestAndTiesToEven() {
    float[] numbers = {0x1.01p0f, 0x1.03p0f, 0x1.012p0f, -2f, Float.NaN};
    Rounding.toBfloat16(numbers, numbers.length);
    assertThat(numbers).containsExactly(1f, 0x1.04p0f, 0x1.02p0f, -2f, Float.NaN);
  }

  @Test
  void roundingToFloat16KeepsSubnormalsAndOverflowsToInfinity() {
    float[] numbers = {0.1f, 65519f, 65520f, 3e-8f, 2.9e-8f, -1f, 0x1.002p0f, 0x1.006p0f};
    Rounding.toFloat16(numbers, numbers.length);
    assertThat(numbers)
        .containsExactly(
            0x1.998p-4f, 65504f, Float.POSITIVE_INFINITY, 0x1p-24f, 0f, -1f, 1f, 0x1.008p0f);
  }

  private static JsonNode golden() throws IOException {
    try (InputStream json = BlockFormatTest.class.getResourceAsStream("/checkpoint/blocks.json")) {
      return Json.mapper().readTree(json);
    }
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
