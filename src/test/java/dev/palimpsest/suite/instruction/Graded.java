package dev.palimpsest.suite.instruction;

import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Score;

/** Grades texts as if a model had written them. */
final class Graded {
  private Graded() {}

  static Score text(InstructionItem item, String text) {
    return item.grade(new ModelAnswer.Text(text, 1, true));
  }
}
