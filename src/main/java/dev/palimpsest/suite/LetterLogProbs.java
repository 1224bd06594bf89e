package dev.palimpsest.suite;

/**
 * How likely the model found the letters A and B as the answer; natural log-probabilities.
 *
 * @param a of " A"
 * @param b of " B"
 */
public record LetterLogProbs(double a, double b) {}
