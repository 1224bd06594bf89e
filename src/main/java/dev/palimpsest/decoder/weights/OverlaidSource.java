package dev.palimpsest.decoder.weights;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** The tensors of a base in which an adapter replaces some. */
final class OverlaidSource implements TensorSource {
  private final TensorSource base;
  private final AdapterTensors adapter;
  private final Map<String, String> replacements = new HashMap<>();

  OverlaidSource(TensorSource base, AdapterTensors adapter) {
    this.base = base;
    this.adapter = adapter;
  }

  /** Tells whether the adapter replaces the tensor. */
  boolean replaces(String tensor) {
    return replacements.containsKey(tensor) || find(tensor);
  }

  private boolean find(String tensor) {
    int dot = tensor.lastIndexOf('.');
    var name = adapter.replacement(tensor.substring(0, dot), tensor.substring(dot + 1));
    name.ifPresent(n -> replacements.put(tensor, n));
    return name.isPresent();
  }

  @Override
  public boolean has(String tensor) {
    return replaces(tensor) || base.has(tensor);
  }

  @Override
  public long[] shape(String tensor) {
    return replaces(tensor)
        ? adapter.replacing(replacements.get(tensor)).info(replacements.get(tensor)).shape()
        : base.shape(tensor);
  }

  @Override
  public void read(String tensor, FloatBuffer target) {
    if (replaces(tensor)) {
      String name = replacements.get(tensor);
      adapter.replacing(name).readFloat32(name, target);
    } else {
      base.read(tensor, target);
    }
  }

  @Override
  public String name() {
    return adapter.file();
  }
}
