package dev.palimpsest.suite.check;

/** Decides whether a text obeys one instruction. Implementations are records without state. */
interface Check {
  /**
   * Tests a text.
   *
   * @param text normalised by {@link Text#normalise} and not blank
   */
  CheckResult test(String text);

  /**
   * Tells whether it asks for content, which an answer has to have of its own: what only repeats
   * the instruction or stands in a refusal does not count towards it.
   */
  default boolean asksForContent() {
    return false;
  }

  /** Tells whether it fixes the whole answer, so that nothing else could pass by accident. */
  default boolean fixesAnswer() {
    return false;
  }
}
