package dev.palimpsest.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds weights that bitsandbytes stored as NF4 and joins each with its table and scales.
 *
 * <p>A weight W is a U8 tensor of nibbles; beside it lie {@code W.absmax}, {@code W.quant_map},
 * with double quantisation {@code W.nested_absmax} and {@code W.nested_quant_map}, and as JSON text
 * in U8 {@code W.quant_state.bitsandbytes__nf4}.
 */
final class Nf4Weights {
  static final String STATE = ".quant_state.bitsandbytes__nf4";
  private static final List<String> PARTS =
      List.of(".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", STATE);

  private Nf4Weights() {}

  /** Says whether a quantization_config describes weights that are read here. */
  static boolean isReadable(ModelConfig quantization) {
    return quantization.text("quant_method", "").equals("bitsandbytes")
        && quantization.flag("load_in_4bit", false)
        && quantization.text("bnb_4bit_quant_type", "fp4").equals("nf4");
  }

  /** Returns the tensors with each NF4 weight in place of its parts. */
  static Collection<TensorSource> unfold(Map<String, StoredTensor> tensors) {
    Set<String> parts = new HashSet<>();
    List<TensorSource> unfolded = new ArrayList<>();
    for (String name : tensors.keySet()) {
      if (name.endsWith(STATE)) {
        String weight = name.substring(0, name.length() - STATE.length());
        PARTS.forEach(part -> parts.add(weight + part));
        parts.add(weight);
        unfolded.add(new Nf4Reader(tensors, weight).read());
      }
    }
    tensors.values().stream()
        .filter(tensor -> !parts.contains(tensor.info().name()))
        .forEach(unfolded::add);
    return unfolded;
  }
}
