package dev.palimpsest.suite.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Deals the ranks of right answers among four, each as often as the others whatever the seed. */
final class Ranks {
  private static final List<Integer> ALL = List.of(0, 1, 2, 3);

  private final Random random;
  private final Deque<Integer> left = new ArrayDeque<>();

  Ranks(Random random) {
    this.random = random;
  }

  /** Returns how many of the wrong answers are smaller, 0 to 3. */
  int next() {
    if (left.isEmpty()) {
      List<Integer> round = new ArrayList<>(ALL);
      Collections.shuffle(round, random);
      left.addAll(round);
    }
    return left.remove();
  }
}
