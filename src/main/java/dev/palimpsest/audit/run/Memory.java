package dev.palimpsest.audit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** Whether the machine's memory holds models that are computed on the processor. */
final class Memory {
  private static final Path STATE = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  /** Weights are computed in float32 there, whatever they are stored as. */
  private static final int BYTES_PER_WEIGHT = 4;

  private Memory() {}

  /**
   * Tells whether so many models of an audit's size fit side by side; true where that is not known.
   *
   * @param facts about how the audit ran, with the parameters of its last model
   */
  static boolean holds(Map<String, String> facts, int models) {
    if (!facts.getOrDefault("device", "").equals("cpu") || !facts.containsKey("parameters")) {
      return true;
    }
    double needed = (double) models * BYTES_PER_WEIGHT * Long.parseLong(facts.get("parameters"));
    OptionalLong available = available();
    return available.isEmpty() || needed <= available.getAsLong();
  }

  /** Returns the bytes that may be had without pushing others out, where the system says so. */
  private static OptionalLong available() {
    try {
      return Files.readAllLines(STATE).stream()
          .filter(line -> line.startsWith(AVAILABLE))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | NumberFormatException notTold) {
      return OptionalLong.empty();
    }
  }
}
