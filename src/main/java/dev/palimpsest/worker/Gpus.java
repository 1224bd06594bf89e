package dev.palimpsest.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The GPUs that this process may use, known without starting the engine.
 *
 * @param names as {@code CUDA_VISIBLE_DEVICES} takes them
 */
public record Gpus(List<String> names) {
  /** What restricts a process to some GPUs. */
  static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  /** One folder for each GPU, made by the driver. */
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

  public Gpus {
    names = List.copyOf(names);
  }

  /** Returns those that the environment allows, else those that the driver knows. */
  public static Gpus visible() {
    return visible(System.getenv(), DRIVER);
  }

  static Gpus visible(Map<String, String> environment, Path driver) {
    String allowed = environment.get(VARIABLE);
    if (allowed != null) {
      // The driver stops at the first name that it does not know, such as -1 or none at all.
      return new Gpus(
          Arrays.stream(allowed.split(",", -1))
              .map(String::strip)
              .takeWhile(name -> !name.isEmpty() && !name.startsWith("-"))
              .toList());
    }
    return new Gpus(IntStream.range(0, count(driver)).mapToObj(Integer::toString).toList());
  }

  private static int count(Path driver) {
    if (!Files.isDirectory(driver)) {
      return 0;
    }
    try (Stream<Path> folders = Files.list(driver)) {
      return (int) folders.count();
    } catch (IOException e) {
      return 0; // as if there were no driver
    }
  }

  /** Returns how many workers make use of all of them; 1 without any. */
  public int workers() {
    return Math.max(1, names.size());
  }

  /** Returns the options of one of several workers: each sees one GPU, in turn. */
  WorkerOptions dealTo(WorkerOptions options, int worker) {
    return names.isEmpty() ? options : options.on(names.get(worker % names.size()));
  }
}
