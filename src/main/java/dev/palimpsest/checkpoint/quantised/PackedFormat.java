package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Optional;

/** What GPTQ and AWQ have in common: names, and groups of inputs that share a scale. */
interface PackedFormat extends QuantisedFormat {
  /** The suffix of the tensor that holds a weight's codes. */
  String CODES = ".qweight";

  /** The suffix of the weight that the parts stand for. */
  String WEIGHT = ".weight";

  /** Returns the suffixes of the tensors that may make up a weight. */
  List<String> suffixes();

  @Override
  default Optional<String> weightOf(String tensor) {
    return QuantisedFormat.before(CODES, tensor).map(module -> module + WEIGHT);
  }

  @Override
  default List<String> parts(String weight) {
    String module = module(weight);
    return suffixes().stream().map(suffix -> module + suffix).toList();
  }

  /** Returns the module that a weight belongs to. */
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
