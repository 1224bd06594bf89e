package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.CheckpointException;

/**
 * Dimensions of a model.
 *
 * @param hidden width of the residual stream
 * @param intermediate width inside the feed-forward part
 * @param layers number of layers
 * @param heads query heads
 * @param keyHeads key and value heads; each serves {@code heads / keyHeads} query heads
 * @param headSize width of a head
 * @param vocabulary rows of the embedding
 * @param maxLength longest sequence, in tokens
 */
public record Sizes(
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int keyHeads,
    int headSize,
    int vocabulary,
    int maxLength) {
  /** Far above every published model; the description of more would not fit into memory. */
  private static final int MAX_LAYERS = 10_000;

  public Sizes {
    if (layers > MAX_LAYERS) {
      throw new CheckpointException(
          "config.json", "has %d layers; at most %d are run.".formatted(layers, MAX_LAYERS));
    }
    if (heads % keyHeads != 0) {
      throw new CheckpointException(
          "config.json",
          "%d attention heads cannot share %d key-value heads; the former should be a multiple of"
                  .formatted(heads, keyHeads)
              + " the latter.");
    }
  }

  /** Returns the width of all queries. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Returns the width of all keys, which is that of all values. */
  public int keyWidth() {
    return keyHeads * headSize;
  }
}
