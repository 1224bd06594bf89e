package dev.palimpsest.inference;

/**
 * How far a tuned model has moved from its base on one text.
 *
 * @param divergence KL(base || tuned) of each token in nats, natural logarithm, never below 0
 * @param baseLogProb the text's summed log-likelihood under the base
 * @param tunedLogProb the same under the tuned model
 * @param sameTop at how many tokens both find the same one most likely
 */
public record TextDivergence(
    double[] divergence, double baseLogProb, double tunedLogProb, int sameTop) {}
