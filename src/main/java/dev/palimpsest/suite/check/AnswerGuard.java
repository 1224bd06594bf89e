package dev.palimpsest.suite.check;

import java.util.Optional;

/**
 * Keeps what is no answer from passing by accident, before and beside an item's own checks: nothing
 * at all, one word or phrase again and again, the instruction itself whatever is wrapped around it,
 * and a refusal.
 *
 * <p>Echoes and refusals do not condemn a whole answer, as people restate a question and apologise
 * before they answer. They are taken out, and checks that ask for content have to pass on what is
 * left too.
 */
public final class AnswerGuard {
  private final Echo echo;
  private final boolean repeats;

  /**
   * Creates the guard of one item.
   *
   * @param prompt the instruction
   * @param repeats whether repeating is the task, so that echoes and repetitions are let through
   */
  public AnswerGuard(String prompt, boolean repeats) {
    this.echo = new Echo(Text.normalise(prompt));
    this.repeats = repeats;
  }

  /**
   * Says why a text is no answer at all, as a clause without full stop.
   *
   * @param text went through {@link Text#normalise}
   */
  public Optional<String> objection(String text) {
    if (text.isBlank()) {
      return Optional.of("the answer is empty");
    }
    Optional<String> repetition = repeats ? Optional.empty() : Repetition.in(text);
    if (repetition.isPresent()) {
      return repetition;
    }
    if (!hasWords(text)) {
      return Optional.empty();
    }
    if (!hasWords(Refusal.without(text))) {
      return Optional.of("the answer only refuses");
    }
    return hasWords(ownPart(text))
        ? Optional.empty()
        : Optional.of("the answer only repeats the instruction");
  }

  /**
   * Returns what a text says beyond the instruction and refusals.
   *
   * @param text went through {@link Text#normalise}
   */
  public String ownPart(String text) {
    String answering = Refusal.without(text);
    return (repeats ? answering : echo.without(answering)).strip();
  }

  private static boolean hasWords(String text) {
    return !Tokens.of(text).isEmpty();
  }
}
