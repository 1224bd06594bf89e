package dev.palimpsest.suite.generate;

import java.util.List;

/**
 * A question with its right answer and three wrong ones, in any order.
 *
 * @param wrong three, different from the right one and from each other
 */
record Problem(String question, String right, List<String> wrong) {
  Problem {
    wrong = List.copyOf(wrong);
    if (wrong.size() != 3 || wrong.contains(right) || wrong.stream().distinct().count() < 3) {
      throw new IllegalArgumentException("not four different choices: " + question);
    }
  }
}
