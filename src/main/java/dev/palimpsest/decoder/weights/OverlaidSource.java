package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.TensorStore;
import dev.palimpsest.decoder.family.Arrangement;
import java.util.Map;

/** The tensors of a base in which an adapter replaces some. */
final class OverlaidSource implements TensorSource {
  private final TensorSource base;
  private final Adapter adapter;
  private final Map<String, String> replacements;

  OverlaidSource(TensorSource base, Adapter adapter) {
    this.base = base;
    this.adapter = adapter;
    this.replacements = adapter.replacements();
  }

  /** Tells whether the adapter replaces the tensor. */
  boolean replaces(String tensor) {
    return replacements.containsKey(tensor);
  }

  @Override
  public boolean has(String tensor) {
    return replaces(tensor) || base.has(tensor);
  }

  @Override
  public long[] shape(String tensor) {
    return replaces(tensor)
        ? adapter.tensors().info(replacements.get(tensor)).shape()
        : base.shape(tensor);
  }

  @Override
  public Arrangement arrangement(String tensor, Arrangement usual) {
    return replaces(tensor) ? usual : base.arrangement(tensor, usual);
  }

  @Override
  public void scan(String tensor, TensorStore.Visitor visitor) {
    if (replaces(tensor)) {
      adapter.tensors().scan(replacements.get(tensor), visitor);
    } else {
      base.scan(tensor, visitor);
    }
  }

  @Override
  public String name() {
    return adapter.name();
  }
}
