package dev.palimpsest.checkpoint;

import java.nio.ByteBuffer;

/** One tensor that can be read, however it is stored. */
interface TensorSource {
  TensorInfo info();

  /** Visits the numbers row by row in Hugging Face order. */
  void scan(TensorStore.Visitor visitor);

  /** Returns the stored bytes. */
  ByteBuffer bytes();
}
