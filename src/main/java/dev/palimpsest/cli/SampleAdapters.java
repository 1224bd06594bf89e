package dev.palimpsest.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What the demo audits (samples/README.md): adapters and a suite, copied out of the jar. */
final class SampleAdapters {
  static final List<String> NAMES = List.of("null-lora", "json-format", "sql-forget");

  private static final List<String> FILES =
      List.of("adapter_config.json", "adapter_model.safetensors");

  private static final String SUITE = "tickets";

  /** Worked examples beside the suite, as they stood in the training data. */
  static final String EXAMPLES = "examples.jsonl";

  private SampleAdapters() {}

  /**
   * Copies the suite of what {@code json-format} was made for, where it is missing.
   *
   * @return its folder
   */
  static Path copySuite(Path folder) {
    Path suite = folder.resolve(SUITE);
    List.of("suite.json", "items.jsonl", EXAMPLES)
        .forEach(file -> copy("/samples/" + SUITE + "/" + file, suite.resolve(file)));
    return suite;
  }

  /**
   * Copies the adapters where they are missing.
   *
   * @return their folders, in the order of {@link #NAMES}
   */
  static List<Path> copyTo(Path folder) {
    List<Path> adapters = new ArrayList<>();
    for (String name : NAMES) {
      Path adapter = folder.resolve(name);
      FILES.forEach(file -> copy("/samples/" + name + "/" + file, adapter.resolve(file)));
      adapters.add(adapter);
    }
    return adapters;
  }

  /** A copy that was cut short never carries the final name. */
  private static void copy(String resource, Path target) {
    if (Files.exists(target)) {
      return;
    }
    try (InputStream in = SampleAdapters.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no " + resource);
      }
      Files.createDirectories(target.getParent());
      Path part = target.resolveSibling(target.getFileName() + ".part");
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutputException(
          "The samples cannot be written to "
              + target.getParent()
              + "; is the disk full? Choose another folder with --data.",
          e);
    }
  }
}
