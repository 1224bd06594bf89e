package dev.palimpsest.suite.generate;

import java.util.function.Function;

/**
 * Makes problems of one kind.
 *
 * @param name of the template; its problems share it as their cluster
 * @param topic such as "ordering"
 * @param tier "easy", "medium" or "hard"
 */
record Template(String name, String topic, String tier, Function<Draw, Problem> problems) {
  Problem draw(Draw draw) {
    return problems.apply(draw);
  }
}
