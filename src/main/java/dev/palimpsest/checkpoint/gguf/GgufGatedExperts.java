package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The gates and the inner layers of all experts as one tensor: for each expert its gate's rows,
 * then the others.
 *
 * @param info name and shape [experts, 2 * width, ..]
 * @param gate [experts, width, ..]
 * @param up as the gates
 */
record GgufGatedExperts(TensorInfo info, StoredTensor gate, StoredTensor up)
    implements TensorSource {
  private static final int MOST_EXPERTS = 1 << 16;

  /**
   * Joins two tensors.
   *
   * @throws CheckpointException if their shapes differ or are none of experts
   */
  static GgufGatedExperts of(String name, StoredTensor gate, StoredTensor up) {
    long[] shape = gate.info().shape();
    boolean equal = Arrays.equals(shape, up.info().shape());
    if (!equal || shape.length < 2 || shape[0] > MOST_EXPERTS) {
      throw new CheckpointException(
          gate.file().name(),
          "%s is put together from tensors of shapes %s and %s, which should be equal and those of experts"
              .formatted(name, gate.info().shapeText(), up.info().shapeText()));
    }
    shape[1] *= 2;
    long bytes = gate.info().byteLength() + up.info().byteLength();
    return new GgufGatedExperts(new TensorInfo(name, gate.info().type(), shape, bytes), gate, up);
  }

  @Override
  public void scan(TensorStore.Visitor visitor) {
    int experts = Math.toIntExact(info.shape()[0]);
    for (int expert = 0; expert < experts; expert++) {
      gate.part(info.name(), expert, experts).scan(visitor);
      up.part(info.name(), expert, experts).scan(visitor);
    }
  }

  @Override
  public ByteBuffer bytes() {
    return gate.bytes();
  }
}
