package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A weight whose scales are read when it is, so that an open checkpoint holds none in memory.
 *
 * @param info name, type and shape
 * @param parts joins the weight again
 */
record JoinedTensor(TensorInfo info, Supplier<TensorSource> parts) implements TensorSource {
  /** Joins a weight once, to see that its parts fit, and again whenever it is read. */
  static JoinedTensor of(Supplier<TensorSource> parts) {
    return new JoinedTensor(parts.get().info(), parts);
  }

  @Override
  public void scan(TensorStore.Visitor visitor) {
    parts.get().scan(visitor);
  }

  @Override
  public ByteBuffer bytes() {
    return parts.get().bytes();
  }
}
