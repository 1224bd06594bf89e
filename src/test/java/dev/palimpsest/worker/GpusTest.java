package dev.palimpsest.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpusTest {
  private static final Path NO_DRIVER = Path.of("/no/driver");

  @TempDir private Path driver;

  @Test
  void without_a_driver_there_is_none_and_one_worker() {
    Gpus gpus = Gpus.visible(Map.of(), NO_DRIVER);

    assertThat(gpus.names()).isEmpty();
    assertThat(gpus.workers()).isEqualTo(1);
    assertThat(gpus.dealTo(WorkerOptions.withThreads(1), 0).gpu()).isEmpty();
  }

  @Test
  void the_driver_lists_a_folder_for_each() throws IOException {
    Files.createDirectory(driver.resolve("0000:01:00.0"));
    Files.createDirectory(driver.resolve("0000:02:00.0"));

    assertThat(Gpus.visible(Map.of(), driver).names()).containsExactly("0", "1");
  }

  @Test
  void the_environment_says_which_may_be_used() throws IOException {
    Files.createDirectory(driver.resolve("0000:01:00.0"));

    assertThat(visible("2, 5").names()).containsExactly("2", "5");
    assertThat(visible("").names()).isEmpty();
    assertThat(visible("-1").names()).isEmpty();
    assertThat(visible("GPU-8932,-1,3").names()).containsExactly("GPU-8932");
  }

  @Test
  void workers_get_one_each_in_turn() {
    WorkerOptions options = WorkerOptions.withThreads(1);
    Gpus gpus = visible("2,5");

    assertThat(gpus.workers()).isEqualTo(2);
    assertThat(gpus.dealTo(options, 0).gpu()).contains("2");
    assertThat(gpus.dealTo(options, 1).gpu()).contains("5");
    assertThat(gpus.dealTo(options, 2).gpu()).contains("2");
  }

  private Gpus visible(String allowed) {
    return Gpus.visible(Map.of(Gpus.VARIABLE, allowed), driver);
  }
}
