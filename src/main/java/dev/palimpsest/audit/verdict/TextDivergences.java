package dev.palimpsest.audit.verdict;

/** How an audit notes why an arm's divergence from the base on plain text is left out. */
public final class TextDivergences {
  private TextDivergences() {}

  /**
   * Returns the name of the fact that holds the reason, a sentence.
   *
   * @param arm the tuned arm's name
   */
  public static String fact(String arm) {
    return "no KL of " + arm;
  }
}
