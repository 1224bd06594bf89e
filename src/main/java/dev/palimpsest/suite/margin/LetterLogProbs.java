package dev.palimpsest.suite.margin;

/**
 * How likely the model found the letters A and B as the answer; natural log-probabilities.
 *
 * @param a of " A"
 * @param b of " B"
 */
record LetterLogProbs(double a, double b) {}
