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
  private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

  private Processor() {}

  /**
   * Tells whether it multiplies bfloat16 itself. One that does not can only do so with its float32
   * instructions and conversions around them. True where nothing is known.
   */
  static boolean multipliesBfloat16() {
    try {
      return multipliesBfloat16(Files.readAllLines(FACTS));
    } catch (IOException e) {
      LOG.debug("The processor's instructions are not known", e);
      return true;
    }
  }

  /**
   * Tells the same of given facts.
   *
   * @param facts lines of the form "name : value"; "flags" lists the instruction sets
   */
  static boolean multipliesBfloat16(List<String> facts) {
    List<String> flags = facts.stream().filter(line -> line.startsWith("flags")).toList();
    return flags.isEmpty() || flags.stream().allMatch(Processor::hasBfloat16);
  }

  private static boolean hasBfloat16(String flags) {
    return !Collections.disjoint(List.of(flags.split("\\s+")), BFLOAT16);
  }
}
