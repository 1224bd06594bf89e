package dev.palimpsest.decoder.kernel;

import dev.palimpsest.inference.DType;
import java.util.List;

/**
 * How a kernel multiplies.
 *
 * @param stored the type that weights are stored in
 * @param computed the type that layers compute in; weights of another type are widened on the way
 * @param byOneDnn whether products go by oneDNN, which not every processor has for every type
 * @param packed whether weights of linear layers are laid out anew for oneDNN
 */
public record Arithmetic(DType stored, DType computed, boolean byOneDnn, boolean packed) {

  /**
   * Returns what to try on a CPU for a run in the given type, the fastest first; the last one works
   * everywhere.
   *
   * <p>A processor without instructions for bfloat16 multiplies it slower than float32, one without
   * AVX-512 at an eighth of the speed, so there float32 products of widened weights are the faster
   * ones. They round less, too. oneDNN's products of packed weights are the fastest with AVX-512;
   * without it, those of a pass that scores take a sixth longer than of plain weights.
   */
  static List<Arithmetic> candidates(DType dtype) {
    Arithmetic direct = new Arithmetic(dtype, dtype, true, Processor.hasAvx512());
    Arithmetic widening = new Arithmetic(dtype, DType.FLOAT32, true, false);
    Arithmetic plain = new Arithmetic(dtype, dtype, false, false);
    if (dtype == DType.FLOAT32) {
      return List.of(direct, plain);
    }
    return Processor.multipliesBfloat16()
        ? List.of(direct, widening, plain)
        : List.of(widening, plain);
  }

  /** Returns how a GPU multiplies. */
  static Arithmetic onGpu(DType dtype) {
    return new Arithmetic(dtype, dtype, false, false);
  }

  /** Returns whether products of weights take them as they are stored. */
  boolean isDirect() {
    return stored == computed;
  }
}
