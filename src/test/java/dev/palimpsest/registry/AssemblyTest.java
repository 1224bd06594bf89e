package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the files of an upload come to lie. */
final class AssemblyTest {
  private static final Path DATA = Path.of("data");

  @ParameterizedTest
  @CsvSource({
    "SmolLM2-135M-Instruct, SmolLM2-135M-Instruct",
    "HuggingFaceTB/SmolLM2 135M, HuggingFaceTB-SmolLM2-135M",
    "../../etc/passwd, etc-passwd",
    ".hidden, hidden",
    "模型, checkpoint",
    "' .. ', checkpoint"
  })
  void aFolderIsCalledAfterItsCheckpointAndStaysInItsPlace(String name, String folder) {
    Path place = new Assembly(DATA).place("c1", name);
    assertThat(place).isEqualTo(Path.of("data/checkpoints/c1").resolve(folder));
    assertThat(place.normalize()).isEqualTo(place);
  }
}
