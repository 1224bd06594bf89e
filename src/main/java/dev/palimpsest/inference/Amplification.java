package dev.palimpsest.inference;

/**
 * How far the difference of a tuned model from its base is amplified: tokens are picked by the
 * logits {@code tuned + alpha (tuned - base)}.
 *
 * <p>What is rare in the tuned model comes up more often so, and what it learned by heart comes
 * back. How often something comes up is no rate of the tuned model: what is found is to be asked
 * again at alpha 0. Source of the formula: contrastive decoding (Li et al. 2022, arXiv 2210.15097),
 * whose bound on plausible tokens this takes too, with a base in the place of the weaker model.
 *
 * @param alpha 0 for the tuned model as it is; finite, below 0 for more of the base
 * @param plausible tokens that the tuned model finds less than this share as likely as its most
 *     likely one are left out; in [0, 1), 0 for none
 */
public record Amplification(double alpha, double plausible) {
  public Amplification {
    if (!Double.isFinite(alpha)) {
      throw new DecoderException("The amplification should be a finite number.");
    }
    if (!(plausible >= 0 && plausible < 1)) {
      throw new DecoderException("The share of a plausible token should be in [0, 1).");
    }
  }

  /** Amplifies by alpha among tokens at least a tenth as likely as the most likely one. */
  public static Amplification of(double alpha) {
    return new Amplification(alpha, 0.1);
  }
}
