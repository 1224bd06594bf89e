package dev.palimpsest.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFileTest {
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT32 = 4;
  private static final int F32 = 0;

  @TempDir private Path folder;

  /** Builds a GGUF file value by value. */
  private static final class Builder {
    private final ByteBuffer bytes = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);

    Builder header(int version, long tensors, long pairs) {
      bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(version);
      return u64(tensors).u64(pairs);
    }

    Builder u32(int number) {
      bytes.putInt(number);
      return this;
    }

    Builder u64(long number) {
      bytes.putLong(number);
      return this;
    }

    Builder text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      u64(utf8.length).bytes.put(utf8);
      return this;
    }

    Builder tensor(String name, int type, long offset, long... dims) {
      text(name).u32(dims.length);
      for (long dim : dims) {
        u64(dim);
      }
      return u32(type).u64(offset);
    }

    /** Fills up to the alignment and adds that many zero bytes. */
    Builder data(int length) {
      bytes.position((bytes.position() + 31) / 32 * 32 + length);
      return this;
    }

    Path write(Path folder) throws IOException {
      byte[] content = new byte[bytes.position()];
      bytes.get(0, content);
      return Files.write(folder.resolve("model.gguf"), content);
    }
  }

  private static Builder file() {
    return new Builder();
  }

  private void assertRefused(Builder file, String sentence) throws IOException {
    Path path = file.write(folder);
    assertThatThrownBy(() -> GgufFile.open(path))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("model.gguf: ")
        .hasMessageContaining(sentence);
  }

  @Test
  void metadataIsTyped() {
    try (GgufFile gguf = GgufFile.open(Fixtures.path("gguf/llama-Q8_0.gguf"))) {
      GgufMetadata metadata = gguf.metadata();
      assertThat(metadata.text("general.architecture")).isEqualTo("llama");
      assertThat(metadata.integer("llama.block_count")).isEqualTo(3);
      assertThat(metadata.number("llama.attention.layer_norm_rms_epsilon")).isEqualTo(0.001f);
      assertThat(metadata.texts("tokenizer.ggml.tokens")).hasSize(461).startsWith("<unk>");
      assertThat(metadata.numbers("tokenizer.ggml.scores")).hasSize(461);
      assertThat(metadata.integers("tokenizer.ggml.token_type")).hasSize(461);
      assertThatThrownBy(() -> metadata.text("llama.block_count"))
          .hasMessageContaining("llama.block_count is 3, expected a string");
      assertThatThrownBy(() -> metadata.integer("nothing"))
          .hasMessageContaining("nothing is missing, expected an integer");
    }
  }

  @Test
  void aSoundFileGivesTensorsInHuggingFaceOrder() throws IOException {
    Builder file = file().header(3, 2, 0).tensor("a", F32, 0, 2, 3).tensor("b", F32, 32, 1);
    try (GgufFile gguf = GgufFile.open(file.data(36).write(folder))) {
      assertThat(gguf.entries())
          .extracting(GgufFile.Entry::info)
          .containsExactly(
              new TensorInfo("a", StoredType.F32, new long[] {3, 2}, 24),
              new TensorInfo("b", StoredType.F32, new long[] {1}, 4));
    }
  }

  @Test
  void countsAreHeldAgainstTheFileBeforeAnythingIsAllocated() throws IOException {
    assertRefused(file().header(3, 1L << 60, 0), "tensor count is out of range");
    assertRefused(file().header(3, 0, Long.MIN_VALUE), "metadata count is out of range");
    assertRefused(file().header(3, 5, 0), "is truncated: tensor count is 5");
    assertRefused(
        file().header(3, 0, 1).u64(1L << 62).data(64), "metadata key claims 4611686018427387904");
    assertRefused(
        file().header(3, 0, 1).text("a").u32(STRING).u64(-1),
        "metadata value of a claims 18446744073709551615 bytes");
    assertRefused(
        file().header(3, 0, 1).text("a").u32(ARRAY).u32(UINT32).u64(1L << 40),
        "list length of a is out of range");
  }

  @Test
  void aTruncatedHeaderIsTold() throws IOException {
    assertRefused(file().header(3, 0, 1).text("long key here").u32(UINT32), "it ends inside");
    assertRefused(file().header(3, 1, 0).text("a").u32(4), "is truncated");
  }

  @Test
  void valuesOfUnknownKindAreRefused() throws IOException {
    assertRefused(
        file().header(3, 0, 1).text("a").u32(99).u64(0),
        "metadata key a has unknown value type 99");
    assertRefused(
        file().header(3, 0, 1).text("a").u32(ARRAY).u32(13).u64(0), "a list of unknown type 13");
    assertRefused(
        file().header(3, 0, 1).text("a").u32(7).u32(2),
        "metadata value of a is 2, expected 0 or 1");
  }

  @Test
  void nestingEndsWithASentence() throws IOException {
    Builder file = file().header(3, 0, 1).text("a").u32(ARRAY);
    for (int i = 0; i < 20_000; i++) {
      file.u32(ARRAY).u64(1);
    }
    assertRefused(file.u64(0), "metadata is nested too deeply at a");
  }

  @Test
  void repeatedNamesAreRefused() throws IOException {
    assertRefused(
        file().header(3, 0, 2).text("k").u32(UINT32).u32(1).text("k").u32(UINT32).u32(2),
        "has the metadata key 'k' twice");
    assertRefused(
        file().header(3, 2, 0).tensor("a", F32, 0, 8).tensor("a", F32, 32, 8).data(64),
        "has tensor a twice");
  }

  @Test
  void tensorsMustLieOneAfterTheOtherInsideTheFile() throws IOException {
    assertRefused(
        file().header(3, 2, 0).tensor("a", F32, 0, 8).tensor("b", F32, 0, 8).data(64),
        "tensors overlap or leave a gap");
    assertRefused(
        file().header(3, 2, 0).tensor("a", F32, 0, 8).tensor("b", F32, 64, 8).data(96),
        "tensors overlap or leave a gap");
    assertRefused(
        file().header(3, 1, 0).tensor("a", F32, 4, 8).data(64), "multiple of the alignment");
    assertRefused(file().header(3, 1, 0).tensor("a", F32, 0, 8).data(31), "is truncated");
    assertRefused(file().header(3, 1, 0).tensor("a", F32, 0, 8).data(65), "33 trailing bytes");
    assertRefused(file().header(3, 1, 0).tensor("a", F32, 1L << 40, 8).data(32), "is out of range");
    assertRefused(
        file().header(3, 1, 0).tensor("a", F32, Long.MAX_VALUE - 31, 8).data(32), "out of range");
  }

  @Test
  void dimensionsAreChecked() throws IOException {
    assertRefused(
        file().header(3, 1, 0).tensor("a", F32, 0, 1L << 33, 1L << 33).data(32), "out of range");
    assertRefused(file().header(3, 1, 0).tensor("a", F32, 0, 0).data(32), "a dimension of 0");
    assertRefused(file().header(3, 1, 0).tensor("a", F32, 0).data(32), "0 dimensions");
    assertRefused(
        file().header(3, 1, 0).tensor("a", F32, 0, 1, 1, 1, 1, 1).data(32), "5 dimensions");
    assertRefused(file().header(3, 1, 0).tensor("a", 8, 0, 31).data(64), "out of range for Q8_0");
  }

  @ParameterizedTest
  @CsvSource({"777, 777", "19, 19 (IQ1_S)", "40, 40 (NVFP4)"})
  void aTypeThatIsNotReadIsNamed(int type, String name) throws IOException {
    assertRefused(
        file().header(3, 1, 0).tensor("a", type, 0, 256).data(512),
        "unsupported GGUF tensor type " + name + "; convert the model");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 99})
  void onlyVersionsTwoAndThreeAreRead(int version) throws IOException {
    assertRefused(file().header(version, 0, 0), "has unsupported GGUF version " + version);
  }

  @Test
  void bigEndianAndSplitFilesAreToldApart() throws IOException {
    assertRefused(file().header(0x03000000, 0, 0), "is a big-endian GGUF file");
    assertRefused(
        file().header(3, 0, 1).text("split.count").u32(UINT32).u32(3),
        "is the first of 3 parts, but is not called NAME-00001-of-00003.gguf");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 24, 1 << 24})
  void anAlignmentThatIsNoSmallPowerOfTwoIsRefused(int alignment) throws IOException {
    assertRefused(
        file().header(3, 0, 1).text("general.alignment").u32(UINT32).u32(alignment),
        "expected a power of two from 8");
  }

  @Test
  void anotherKindOfFileIsToldByName() throws IOException {
    Path path = folder.resolve("model.gguf");
    Files.writeString(path, "GGML is the older magic of this family");
    assertThatThrownBy(() -> GgufFile.open(path))
        .hasMessageContaining("is not a GGUF file but a text");
    Files.write(path, new byte[0]);
    assertThatThrownBy(() -> GgufFile.open(path)).hasMessageContaining("is empty; fetch it again");
  }

  @Test
  void theFactorsOfLlama3AreRecognised() {
    // head size 64, theta 500000, factor 32: the first frequencies stay, the last are slowed by 32
    assertThat(Llama3RopeFactors.factor(0, 32, 32, 500_000)).isEqualTo(1);
    assertThat(Llama3RopeFactors.factor(31, 32, 32, 500_000)).isEqualTo(32);
    assertThat(Llama3RopeFactors.factor(16, 32, 32, 500_000)).isStrictlyBetween(1.0, 32.0);
  }
}
