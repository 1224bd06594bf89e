package dev.palimpsest.checkpoint.tensor;

import java.nio.ByteBuffer;

/** One tensor that can be read, however it is stored. */
public interface TensorSource {
  /** Returns the name, the type and the shape. */
  TensorInfo info();

  /** Visits the numbers row by row in Hugging Face order. */
  void scan(TensorStore.Visitor visitor);

  /** Returns the stored bytes. */
  ByteBuffer bytes();
}
