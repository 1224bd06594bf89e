package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The 4-bit weights of bitsandbytes.
 *
 * <p>A weight W is a tensor of nibbles; beside it lie {@code W.absmax}, {@code W.quant_map}, with
 * double quantisation {@code W.nested_absmax} and {@code W.nested_quant_map}, and as JSON text in
 * U8 {@code W.quant_state.bitsandbytes__nf4} or {@code __fp4}.
 *
 * @param type NF4 or FP4
 * @param state the end of the state's name
 */
record FourBitFormat(StoredType type, String state) implements QuantisedFormat {
  static final List<QuantisedFormat> ALL =
      List.of(
          new FourBitFormat(StoredType.NF4, ".quant_state.bitsandbytes__nf4"),
          new FourBitFormat(StoredType.FP4, ".quant_state.bitsandbytes__fp4"));

  private static final List<String> PARTS =
      List.of("", ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map");

  @Override
  public Optional<String> weightOf(String tensor) {
    return QuantisedFormat.before(state, tensor);
  }

  @Override
  public List<String> parts(String weight) {
    return Stream.concat(PARTS.stream(), Stream.of(state)).map(part -> weight + part).toList();
  }

  @Override
  public TensorSource join(Map<String, StoredTensor> tensors, String weight) {
    return new FourBitReader(this, tensors, weight).read();
  }
}
