package dev.palimpsest.decoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.decoder.family.Families;
import dev.palimpsest.inference.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is closed goes back to the system, told by the pages that Linux counts as ours. */
final class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Keys and values of the tiny llama: 3 layers, 2 heads of 8 float32 numbers, twice. */
  private static final int BYTES_PER_COLUMN = 3 * 2 * 8 * Float.BYTES * 2;

  @Test
  void keysAndValuesThatAreClosedTakeNoMemory() throws IOException {
    assumeTrue(Files.exists(STATUS));
    int columns = (64 << 20) / BYTES_PER_COLUMN;
    try (Kernel kernel = Kernel.compile(llama(), DType.FLOAT32)) {
      kernel.cache(1, columns).close();
      long before = resident();
      for (int i = 0; i < 12; i++) {
        try (Tensors cache = kernel.cache(1, columns)) {
          kernel.keep(cache, new int[] {0}).close();
        }
      }
      assertThat(resident() - before).isLessThan(400L << 20); // of 1.5 GiB that were allocated
    }
  }

  private static Map<String, Object> llama() throws IOException {
    String config = Files.readString(Path.of("src/test/resources/golden/llama/config.json"));
    return Families.describe(
            new ModelConfig("config.json", (ObjectNode) Json.mapper().readTree(config)))
        .attributes();
  }

  private static long resident() throws IOException {
    String line =
        Files.readAllLines(STATUS).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }
}
