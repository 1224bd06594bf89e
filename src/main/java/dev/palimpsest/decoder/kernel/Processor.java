package dev.palimpsest.decoder.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this machine's processor has instructions for, as Linux tells. */
final class Processor {
  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);
  private static final Path FACTS = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Tells whether it multiplies bfloat16 itself. One that does not can only do so with its float32
   * instructions and conversions around them. True where nothing is known.
   */
  static boolean multipliesBfloat16() {
    return has(facts(), "avx512_bf16", "amx_bf16");
  }

  /** Tells whether its vector registers have 512 bits. True where nothing is known. */
  static boolean hasAvx512() {
    return has(facts(), "avx512f");
  }

  private static List<String> facts() {
    try {
      return Files.readAllLines(FACTS);
    } catch (IOException e) {
      LOG.debug("The processor's instructions are not known", e);
      return List.of();
    }
  }

  /**
   * Tells whether all cores have one of some instruction sets.
   *
   * @param facts lines of the form "name : value"; "flags" lists the instruction sets
   */
  static boolean has(List<String> facts, String... sets) {
    return facts.stream()
        .filter(line -> line.startsWith("flags"))
        .allMatch(line -> !Collections.disjoint(List.of(line.split("\\s+")), List.of(sets)));
  }
}
