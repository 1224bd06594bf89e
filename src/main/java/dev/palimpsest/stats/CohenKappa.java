package dev.palimpsest.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Agreement of two raters beyond what their own habits would give by chance: κ = (p_o − p_e) / (1 −
 * p_e), p_o the share of things that both rate alike and p_e = Σ p_1(c) p_2(c) over the ratings c.
 * Source: J. Cohen, Educational and Psychological Measurement 20 (1960) 37–46.
 */
public final class CohenKappa {
  private CohenKappa() {}

  /**
   * Returns κ.
   *
   * @param one ratings of one rater
   * @param other ratings of the other, of the same things in the same order
   * @return at most 1; empty where there are no ratings or both gave one and the same all the time
   */
  public static <T> OptionalDouble of(List<T> one, List<T> other) {
    if (one.size() != other.size()) {
      throw new IllegalArgumentException(one.size() + " ratings against " + other.size());
    }
    Map<T, Integer> ofOne = new HashMap<>();
    Map<T, Integer> ofOther = new HashMap<>();
    double alike = 0;
    for (int i = 0; i < one.size(); i++) {
      ofOne.merge(one.get(i), 1, Integer::sum);
      ofOther.merge(other.get(i), 1, Integer::sum);
      alike += one.get(i).equals(other.get(i)) ? 1 : 0;
    }
    double n = one.size();
    double chance = 0;
    for (Map.Entry<T, Integer> rating : ofOne.entrySet()) {
      chance += rating.getValue() / n * (ofOther.getOrDefault(rating.getKey(), 0) / n);
    }
    return n == 0 || chance >= 1
        ? OptionalDouble.empty()
        : OptionalDouble.of((alike / n - chance) / (1 - chance));
  }
}
