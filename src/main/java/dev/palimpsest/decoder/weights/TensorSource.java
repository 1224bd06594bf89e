package dev.palimpsest.decoder.weights;

import java.nio.FloatBuffer;

/** Tensors by name, as float32. */
public interface TensorSource {
  /** Tells whether there is a tensor of the name. */
  boolean has(String name);

  /** Returns a tensor's dimensions, outermost first. */
  long[] shape(String name);

  /** Reads a tensor row by row into a buffer with just enough room. */
  void read(String name, FloatBuffer target);

  /** Returns the file or folder, for failures. */
  String name();
}
