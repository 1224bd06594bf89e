package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.adapter.TokenRows;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.decoder.family.Arrangement;
import java.util.Map;

/** The tensors of a base in which an adapter replaces some. */
final class OverlaidSource implements TensorSource {
  private final TensorSource base;
  private final Adapter adapter;
  private final Map<String, String> replacements;
  private final Map<String, TokenRows> rows;
  private final String table;

  /**
   * Lays an adapter over a base.
   *
   * @param table the name of the base's embedding
   */
  OverlaidSource(TensorSource base, Adapter adapter, String table) {
    this.base = base;
    this.adapter = adapter;
    this.table = table;
    this.rows = adapter.tokenRows();
    this.replacements = adapter.replacements();
  }

  /** Tells whether the adapter replaces the tensor, or rows of it. */
  boolean replaces(String tensor) {
    return isWhole(tensor) || patches(tensor);
  }

  /** Tells whether the adapter replaces rows of the tensor. */
  boolean patches(String tensor) {
    return rows.containsKey(tensor);
  }

  /**
   * Tells whether PEFT writes the tensor over the base's, so that whatever shares it changes too;
   * modules_to_save get a copy of their own instead.
   */
  boolean overwrites(String tensor) {
    return isWhole(tensor)
        && adapter.config().modulesToSave().stream().noneMatch(m -> tensor.contains(m + "."));
  }

  private boolean isWhole(String tensor) {
    return replacements.containsKey(tensor);
  }

  @Override
  public boolean has(String tensor) {
    return isWhole(tensor) || base.has(stored(tensor));
  }

  /** A head that shares the embedding's tensor has no other name in the base. */
  private String stored(String tensor) {
    return base.has(tensor) || !patches(tensor) ? tensor : table;
  }

  @Override
  public long[] shape(String tensor) {
    return isWhole(tensor)
        ? adapter.tensors().info(replacements.get(tensor)).shape()
        : base.shape(stored(tensor));
  }

  @Override
  public Arrangement arrangement(String tensor, Arrangement usual) {
    return isWhole(tensor) ? usual : base.arrangement(stored(tensor), usual);
  }

  @Override
  public void scan(String tensor, TensorStore.Visitor visitor) {
    TensorStore.Visitor last =
        patches(tensor) ? RowPatch.of(adapter, rows.get(tensor), visitor) : visitor;
    if (isWhole(tensor)) {
      adapter.tensors().scan(replacements.get(tensor), last);
    } else {
      base.scan(stored(tensor), last);
    }
  }

  @Override
  public String name() {
    return adapter.name();
  }
}
