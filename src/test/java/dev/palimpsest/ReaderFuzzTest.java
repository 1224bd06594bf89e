package dev.palimpsest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.decoder.family.Families;
import dev.palimpsest.jinja.Template;
import dev.palimpsest.prompt.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever bytes a file holds, its reader accepts it or says one sentence, soon and in memory that
 * goes with the file's size.
 *
 * <p>A plain run reads the seeds in {@code ReaderFuzzTestInputs}. To search for more, one method at
 * a time: {@code JAZZER_FUZZ=1 mvn test -Dtest=ReaderFuzzTest#gguf}; what it finds is kept among
 * the seeds.
 */
final class ReaderFuzzTest {
  private static final Path SOUND = Path.of("src/test/resources/checkpoint/tiny");
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 1, 12, 0);

  /** What reading takes whatever the file: tables, buffers, the sentence. */
  private static final long ALWAYS_ALLOWED = 64L << 20;

  /** JSON text becomes a tree of objects, each of a few dozen bytes. */
  private static final long ALLOWED_PER_BYTE = 1024;

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;

  @BeforeEach
  void copySoundCheckpoint() throws IOException {
    if (Files.exists(folder.resolve("config.json"))) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(SOUND)) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    // classes are loaded before allocations are counted
    assertThat(Inspection.of(folder).findings()).isEmpty();
    readAll(folder);
    describe(folder);
    Tokenizer.open(folder).close();
  }

  @FuzzTest(maxDuration = "2m")
  void safetensors(byte[] content) throws IOException {
    with("model.safetensors", content, ReaderFuzzTest::readAll);
  }

  @FuzzTest(maxDuration = "2m")
  void gguf(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.gguf"), content);
    assertDecent(content.length, () -> readAll(file));
    Files.delete(file);
  }

  @FuzzTest(maxDuration = "2m")
  void config(byte[] content) throws IOException {
    with("config.json", content, ReaderFuzzTest::describe);
  }

  @FuzzTest(maxDuration = "2m")
  void tokenizer(byte[] content) throws IOException {
    with("tokenizer.json", content, path -> Tokenizer.open(path).close());
  }

  @FuzzTest(maxDuration = "2m")
  void pieces(byte[] content) throws IOException {
    Files.move(folder.resolve("tokenizer.json"), folder.resolve("kept"));
    try {
      Path file = Files.write(folder.resolve("tokenizer.model"), content);
      assertDecent(content.length, () -> Tokenizer.open(folder).close());
      Files.delete(file);
    } finally {
      Files.move(folder.resolve("kept"), folder.resolve("tokenizer.json"));
    }
  }

  @FuzzTest(maxDuration = "2m")
  void template(byte[] content) {
    Map<String, ?> context =
        Map.of("messages", List.of(Map.of("role", "user", "content", "hi")), "n", 2);
    String source = new String(content, StandardCharsets.UTF_8);
    long started = System.nanoTime();
    try {
      Template.parse(source).render(context, NOW);
    } catch (UserFacingException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
  }

  /** Something that reads a checkpoint. */
  private interface Reader {
    void read(Path path);
  }

  /** Reads the sound checkpoint with one file replaced. */
  private static void with(String name, byte[] content, Reader reader) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    assertDecent(
        content.length,
        () -> {
          assertThat(Inspection.of(folder)).isNotNull();
          reader.read(folder);
        });
    Files.copy(SOUND.resolve(name), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void describe(Path path) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      assertThat(Families.describe(checkpoint.config()).family()).isNotBlank();
    }
  }

  private static void readAll(Path path) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      TensorStore tensors = checkpoint.tensors();
      tensors.names().forEach(name -> tensors.scan(name, (numbers, count) -> {}));
    }
  }

  private static void assertDecent(int size, Runnable reading) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long started = System.nanoTime();
    try {
      reading.run();
    } catch (UserFacingException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(ALWAYS_ALLOWED + ALLOWED_PER_BYTE * size);
  }
}
