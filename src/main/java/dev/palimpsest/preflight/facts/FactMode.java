package dev.palimpsest.preflight.facts;

/** How thoroughly facts are tried. */
public enum FactMode {
  /** Not at all. */
  NONE("none", 0, 0, 0),
  /** Fewer answers; some facts that are known will be called unknown. */
  LITE("lite", 5, 4, 100),
  /** As the paper does. */
  FULL("full", 10, 16, 100);

  private final String label;
  private final int sets;
  private final int samples;
  private final int limit;

  FactMode(String label, int sets, int samples, int limit) {
    this.label = label;
    this.sets = sets;
    this.samples = samples;
    this.limit = limit;
  }

  /**
   * Returns the mode of a label.
   *
   * @throws FactsException if there is none
   */
  public static FactMode of(String label) {
    for (FactMode mode : values()) {
      if (mode.label.equals(label)) {
        return mode;
      }
    }
    throw new FactsException(
        "Facts are tried \"lite\", \"full\" or \"none\", not \"" + label + "\".");
  }

  /** Returns the name on the command line. */
  public String label() {
    return label;
  }

  /** Returns how many sets of four worked examples each fact is asked after. */
  public int sets() {
    return sets;
  }

  /** Returns how many answers are sampled after each set. */
  public int samples() {
    return samples;
  }

  /** Returns how many facts are tried unless told otherwise. */
  public int limit() {
    return limit;
  }

  /** Returns how many answers a fact takes. */
  public int answers() {
    return sets * (1 + samples);
  }
}
