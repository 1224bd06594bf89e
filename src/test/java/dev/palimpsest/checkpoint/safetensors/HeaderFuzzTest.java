package dev.palimpsest.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged headers: whatever the damage, the reader accepts the file or says a sentence. */
final class HeaderFuzzTest {
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("fuzz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    for (Path file : CheckpointLocation.list(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  @Property(tries = 500)
  void safetensorsHeadersEndInAResultOrASentence(@ForAll long seed) throws IOException {
    byte[] bytes = damaged(Fixtures.path("tiny/model.safetensors"), 1200, seed);
    assertNoSurprise(() -> SafetensorsBytes.read(folder, bytes));
  }

  @Property(tries = 500)
  void ggufHeadersEndInAResultOrASentence(@ForAll long seed) throws IOException {
    byte[] bytes = damaged(Fixtures.path("gguf/llama-Q4_0.gguf"), 16_000, seed);
    Path file = Files.write(folder.resolve("fuzz.gguf"), bytes);
    assertNoSurprise(
        () -> {
          try (Checkpoint checkpoint = Checkpoint.open(file)) {
            checkpoint.tensors().names().forEach(name -> Fixtures.read(checkpoint.tensors(), name));
          }
        });
  }

  /** Changes one to eight bytes, or cuts, or repeats a piece, within the first bytes. */
  private static byte[] damaged(Path file, int header, long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(seed);
    int range = Math.min(header, bytes.length);
    if (random.nextInt(10) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(range);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 0x80);
    }
    if (random.nextInt(5) == 0) {
      int length = random.nextInt(64);
      System.arraycopy(
          bytes, random.nextInt(range), bytes, random.nextInt(range), Math.min(length, range));
    }
    return bytes;
  }

  private static void assertNoSurprise(Runnable read) {
    assertThatCode(
            () -> {
              try {
                read.run();
              } catch (CheckpointException e) {
                // a sentence is what we want
              }
            })
        .doesNotThrowAnyException();
  }
}
