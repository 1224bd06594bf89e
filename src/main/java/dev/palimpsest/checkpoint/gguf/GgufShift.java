package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;

/**
 * A tensor to which the converter added a number, without it.
 *
 * @param stored the tensor as it is in the file
 * @param added what the converter added to each element
 */
record GgufShift(StoredTensor stored, float added) implements TensorSource {
  @Override
  public TensorInfo info() {
    return stored.info();
  }

  @Override
  public void scan(TensorStore.Visitor visitor) {
    stored.scan(
        (numbers, count) -> {
          for (int i = 0; i < count; i++) {
            numbers[i] -= added;
          }
          visitor.visit(numbers, count);
        });
  }

  @Override
  public ByteBuffer bytes() {
    return stored.bytes();
  }
}
