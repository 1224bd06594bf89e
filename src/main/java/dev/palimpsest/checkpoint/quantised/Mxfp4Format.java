package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights of gpt-oss: {@code W_blocks} and {@code W_scales}, read under the name of the blocks. */
final class Mxfp4Format implements QuantisedFormat {
  private static final String BLOCKS = "_blocks";
  private static final String SCALES = "_scales";

  @Override
  public Optional<String> weightOf(String tensor) {
    return tensor.endsWith(BLOCKS) ? Optional.of(tensor) : Optional.empty();
  }

  @Override
  public List<String> parts(String weight) {
    return List.of(weight, scales(weight));
  }

  private static String scales(String weight) {
    return weight.substring(0, weight.length() - BLOCKS.length()) + SCALES;
  }

  @Override
  public TensorSource join(Map<String, StoredTensor> tensors, String weight) {
    StoredTensor blocks = tensors.get(weight);
    StoredTensor scales = tensors.get(scales(weight));
    if (scales == null) {
      throw new CheckpointException(
          blocks.file().name(), "missing tensor " + scales(weight) + "; fetch it again");
    }
    requireFit(blocks, scales);
    long[] shape = scales.info().shape();
    shape[shape.length - 1] *= 2 * Mxfp4Tensor.BLOCK_BYTES;
    long bytes = blocks.info().byteLength();
    return new Mxfp4Tensor(blocks, scales, new TensorInfo(weight, StoredType.MXFP4, shape, bytes));
  }

  private static void requireFit(StoredTensor blocks, StoredTensor scales) {
    long[] packed = blocks.info().shape();
    int last = packed.length - 1;
    boolean fits =
        last > 1
            && packed[last] == Mxfp4Tensor.BLOCK_BYTES
            && blocks.info().type() == StoredType.U8
            && scales.info().type() == StoredType.U8
            && Arrays.equals(Arrays.copyOf(packed, last), scales.info().shape());
    if (!fits) {
      throw new CheckpointException(
          blocks.file().name(),
          "tensor %s has shape %s and its scales %s, expected [..,blocks,16] and [..,blocks] of U8"
              .formatted(
                  Printable.text(blocks.info().name()),
                  blocks.info().shapeText(),
                  scales.info().shapeText()));
    }
  }
}
