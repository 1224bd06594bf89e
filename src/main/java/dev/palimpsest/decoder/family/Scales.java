package dev.palimpsest.decoder.family;

/**
 * Multipliers and soft caps.
 *
 * @param embedding of the token embeddings
 * @param residual of what each part adds to the residual stream
 * @param attention of the query-key products
 * @param attentionCap soft cap of the query-key products; 0 for none
 * @param logit of the logits
 * @param logitCap soft cap of the logits; 0 for none
 */
public record Scales(
    double embedding,
    double residual,
    double attention,
    double attentionCap,
    double logit,
    double logitCap) {
  /** Returns the usual ones: products scaled by the square root of the head size, no caps. */
  static Scales usual(int headSize) {
    return new Scales(1, 1, 1 / Math.sqrt(headSize), 0, 1, 0);
  }
}
