package dev.palimpsest.checkpoint.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.GgufBytes;
import dev.palimpsest.checkpoint.safetensors.SafetensorsBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A weights file is judged by as much of its beginning as has arrived. */
final class WeightsHeadTest {
  private static final String GGUF = "model.gguf";

  @TempDir private Path folder;

  /** Sends a file in growing pieces as an upload does; returns how many bytes it took. */
  private static long judged(String name, byte[] file, long length) {
    long needed = 8;
    while (needed > 0) {
      int there = (int) needed;
      needed = WeightsHead.check(name, length, Arrays.copyOf(file, there));
      if (needed == 0) {
        return there;
      }
      assertThat(needed).isGreaterThan(there).isLessThanOrEqualTo(length);
    }
    return 0;
  }

  private byte[] gguf(int words) throws IOException {
    GgufBytes bytes =
        GgufBytes.lora("llama").with("tokenizer.padding", "x".repeat(words)).pair("w", 4, 4, 2);
    return Files.readAllBytes(bytes.write(folder.resolve(GGUF)));
  }

  @Test
  void aSoundSafetensorsHeaderTakesItsOwnLengthAndNoMore() {
    byte[] file =
        SafetensorsBytes.of(
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}", 8);
    assertThat(judged("model.safetensors", file, file.length)).isEqualTo(file.length - 8L);
  }

  @Test
  void aSafetensorsFileOfAnotherLengthIsRefusedByItsHeader() {
    byte[] file =
        SafetensorsBytes.of(
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}", 8);
    assertThatThrownBy(() -> judged("model.safetensors", file, file.length + 1L))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.safetensors: ");
  }

  @Test
  void aShortGgufFileIsJudgedWhole() throws IOException {
    byte[] file = Files.readAllBytes(Fixtures.path("gguf/llama-Q4_1.gguf"));
    assertThat(judged(GGUF, file, file.length)).isLessThanOrEqualTo(file.length);
  }

  @Test
  void aLongGgufHeaderIsLookedAtAgainWhenTwiceAsMuchHasArrived() throws IOException {
    byte[] file = gguf(300_000);
    assertThat(judged(GGUF, Arrays.copyOf(file, file.length), file.length))
        .isGreaterThan(300_000)
        .isLessThanOrEqualTo(file.length);
  }

  @Test
  void aGgufFileThatWillBeTooShortForItsTensorsIsRefusedBeforeTheyAreSent() throws IOException {
    byte[] file = gguf(300_000);
    assertThatThrownBy(() -> judged(GGUF, file, file.length - 32L))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.gguf: is truncated")
        .hasMessageContaining("fetch it again");
  }

  @Test
  void aGgufHeaderThatIsBrokenIsRefusedBeforeTheFileIsThere() throws IOException {
    byte[] file = gguf(10);
    file[4] = 9;
    assertThatThrownBy(() -> judged(GGUF, Arrays.copyOf(file, 1 << 17), 5_000_000_000L))
        .hasMessageContaining("has unsupported GGUF version 9, expected 2 or 3");
  }

  @Test
  void whatIsNoGgufFileIsToldByName() {
    byte[] page =
        Arrays.copyOf("<!DOCTYPE html><html>".getBytes(StandardCharsets.US_ASCII), 1 << 16);
    assertThatThrownBy(() -> judged(GGUF, page, 5_000_000_000L))
        .hasMessageContaining("model.gguf: is not a GGUF file but a web page");
  }

  @Test
  void otherFilesPass() {
    assertThat(WeightsHead.check("config.json", 10, new byte[8])).isZero();
  }
}
