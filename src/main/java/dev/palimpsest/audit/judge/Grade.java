package dev.palimpsest.audit.judge;

/**
 * A judge's grade of an answer.
 *
 * @param score from 0 to 100
 * @param mass the probability that the judge answers with a number from 0 to 100 at all, in [0, 1]
 */
public record Grade(double score, double mass) {
  public Grade {
    if (!(score >= 0 && score <= 100) || !(mass >= 0 && mass <= 1)) {
      throw new IllegalArgumentException("not a grade: " + score + ", " + mass);
    }
  }
}
