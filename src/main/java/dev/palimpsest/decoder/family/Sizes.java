package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;

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

  /**
   * Reads the dimensions of a model with a key head for each query head, under the usual names.
   *
   * @param intermediate the field of the feed-forward part's width
   */
  static Sizes withKeyHeadForEach(ModelConfig config, String intermediate) {
    int hidden = config.positiveInt("hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    return new Sizes(
        hidden,
        config.positiveInt(intermediate),
        config.positiveInt("num_hidden_layers"),
        heads,
        heads,
        Llama.evenShare(config, "hidden_size", hidden, heads),
        config.positiveInt("vocab_size"),
        config.length("max_position_embeddings", 2048));
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
