package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.List;
import java.util.Map;

/**
 * The 4-bit weights of AWQ in the layout {@code gemm}.
 *
 * <p>{@code qweight} [in, out / 8] and {@code qzeros} [groups, out / 8] hold eight outputs in a
 * word in the order 0, 2, 4, 6, 1, 3, 5, 7, {@code scales} [groups, out] the steps.
 *
 * @param groupSize inputs that share a scale, or -1 for all
 */
record AwqFormat(int groupSize) implements PackedFormat {
  private static final List<String> PARTS = List.of(CODES, ".qzeros", ".scales");

  /** Reads the configuration's section. */
  static AwqFormat of(String file, ModelConfig section) {
    String layout = section.text("version", "gemm");
    if (!layout.equalsIgnoreCase("gemm")) {
      throw Quantisation.unsupported(
          file, "awq", ": its weights are packed for " + Printable.text(layout) + ", not gemm");
    }
    if (section.naturalInt("bits", section.naturalInt("w_bit", 4)) != 4) {
      throw Quantisation.unsupported(file, "awq", ": bits is not 4");
    }
    return new AwqFormat(PackedFormat.groupSize(section));
  }

  @Override
  public List<String> suffixes() {
    return PARTS;
  }

  @Override
  public TensorSource join(Map<String, StoredTensor> tensors, String weight) {
    return new PackedReader(tensors, weight, groupSize).awq();
  }
}
