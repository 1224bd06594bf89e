package dev.palimpsest.suite.check;

/** Decides whether a text obeys one instruction. Implementations are records without state. */
interface Check {
  /**
   * Tests a text.
   *
   * @param text normalised by {@link Text#normalise} and not blank
   */
  CheckResult test(String text);
}
