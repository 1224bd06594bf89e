package dev.palimpsest.suite.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random choices for a template.
 *
 * @param random draws
 * @param ranks deals the ranks of right numbers
 */
record Draw(Random random, Ranks ranks) {
  /** Returns a number from low to high, both included. */
  int from(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Returns so many different elements, in drawn order. */
  <T> List<T> some(int count, List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }

  /**
   * Makes a problem whose answer is a number: its rank among the four is dealt evenly, and the
   * wrong ones lie near it, none of them below zero.
   *
   * @param right at least 0
   * @param step the distance between the choices, at least 1; less where so many would not fit
   *     between zero and the right one
   * @param unit put after each number, with its space; may be empty
   */
  Problem number(String question, int right, int step, String unit) {
    int wanted = ranks.next();
    int apart = wanted == 0 ? step : Math.max(1, Math.min(step, right / wanted));
    int rank = Math.min(wanted, right / apart);
    Set<Integer> wrong = new LinkedHashSet<>();
    for (int below = 0; below < rank; below++) {
      wrong.add(right - apart * (below + 1));
    }
    for (int above = 0; wrong.size() < 3; above++) {
      wrong.add(right + apart * (above + 1));
    }
    return new Problem(
        question, right + unit, wrong.stream().map(number -> number + unit).toList());
  }

  /** Makes a problem whose wrong answers are drawn from others of the same kind. */
  Problem among(String question, String right, List<String> others) {
    List<String> wrong = others.stream().distinct().filter(o -> !o.equals(right)).toList();
    return new Problem(question, right, some(3, wrong));
  }

  /** Returns numbers from low to high, both included. */
  static List<Integer> range(int low, int high) {
    return IntStream.rangeClosed(low, high).boxed().toList();
  }
}
