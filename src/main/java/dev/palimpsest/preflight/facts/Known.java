package dev.palimpsest.preflight.facts;

/** How well a model knows a fact: the categories of SliCK, the best known first. */
public enum Known {
  HIGHLY("HighlyKnown", "always said"),
  MAYBE("MaybeKnown", "sometimes the likeliest answer"),
  WEAKLY("WeaklyKnown", "said now and then, never the likeliest answer"),
  UNKNOWN("Unknown", "never said");

  private final String label;
  private final String meaning;

  Known(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** Returns the category's name in the paper. */
  public String label() {
    return label;
  }

  /** Returns what it means, a phrase. */
  public String meaning() {
    return meaning;
  }

  /**
   * Returns the category of a fact.
   *
   * @param greedyRight right ones of the likeliest answers, one for each set of examples
   * @param greedy how many these are
   * @param sampledRight right ones of the sampled answers
   */
  static Known of(int greedyRight, int greedy, int sampledRight) {
    if (greedyRight == greedy) {
      return HIGHLY;
    }
    if (greedyRight > 0) {
      return MAYBE;
    }
    return sampledRight > 0 ? WEAKLY : UNKNOWN;
  }
}
