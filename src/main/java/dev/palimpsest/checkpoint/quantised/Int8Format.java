package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The 8-bit weights of bitsandbytes (LLM.int8): {@code W.weight} in I8 and one scale per row in
 * {@code W.SCB}.
 *
 * <p>The numbers are those of {@code bitsandbytes.functional.int8_vectorwise_dequant}. The
 * library's own matrix product rounds activations to 8 bits as well, which is not followed here: it
 * makes results depend on what else is in the batch.
 */
final class Int8Format implements QuantisedFormat {
  private static final String SCALES = ".SCB";
  private static final String LAYOUT = ".weight_format";
  private static final String WEIGHT = ".weight";

  @Override
  public Optional<String> weightOf(String tensor) {
    return QuantisedFormat.before(SCALES, tensor).map(module -> module + WEIGHT);
  }

  @Override
  public List<String> parts(String weight) {
    String module = module(weight);
    return List.of(weight, module + SCALES, module + LAYOUT);
  }

  private static String module(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length());
  }

  @Override
  public TensorSource join(Map<String, StoredTensor> tensors, String weight) {
    WeightParts parts = new WeightParts(tensors, module(weight), SCALES);
    StoredTensor codes = parts.get(WEIGHT);
    long[] shape = codes.info().shape();
    if (codes.info().type() != StoredType.I8 || shape.length != 2 || shape[0] * shape[1] == 0) {
      throw parts.refuse(
          "%s is %s %s, expected a matrix of I8"
              .formatted(weight, codes.info().type(), codes.info().shapeText()));
    }
    requireRowLayout(parts, weight);
    TensorInfo info = new TensorInfo(weight, StoredType.LLM_INT8, shape, codes.info().byteLength());
    return new Int8Tensor(codes, info, parts.numbers(SCALES, shape[0]));
  }

  /** Old files may hold the weight in the order of a GPU's tensor cores. */
  private static void requireRowLayout(WeightParts parts, String weight) {
    if (!parts.has(LAYOUT)) {
      return;
    }
    StoredTensor layout = parts.get(LAYOUT);
    byte[] code = new byte[1];
    if (layout.info().byteLength() != 1 || layout.info().type() != StoredType.U8) {
      throw parts.refuse(weight + "_format is not one number in U8");
    }
    layout.file().read(layout.offset(), code, 1);
    if (code[0] != 0) {
      throw parts.refuse(
          "%s is stored in the order of a GPU (weight_format %d); save it again with a newer bitsandbytes"
              .formatted(weight, code[0]));
    }
  }
}
