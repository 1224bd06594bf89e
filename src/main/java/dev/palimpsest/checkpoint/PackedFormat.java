package dev.palimpsest.checkpoint;

import java.util.Optional;

/** What GPTQ and AWQ have in common: names, and groups of inputs that share a scale. */
final class PackedFormat {
  private static final String CODES = ".qweight";
  private static final String WEIGHT = ".weight";

  private PackedFormat() {}

  static Optional<String> weightOf(String tensor) {
    return QuantisedFormat.before(CODES, tensor).map(module -> module + WEIGHT);
  }

  static String module(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length());
  }

  /** Returns how many inputs share a scale; -1 for all. */
  static int groupSize(ModelConfig section) {
    String field = section.has("q_group_size") ? "q_group_size" : "group_size";
    boolean all = section.node().path(field).asInt(0) == -1;
    return all ? -1 : section.positiveInt(field, 128);
  }
}
