package dev.palimpsest.checkpoint.adapter;

/**
 * What PEFT takes off a base's weights when it puts an adapter over them ({@code
 * init_lora_weights}), before the adapter's own products are added.
 *
 * <p>It is told by the base alone, so that a saved adapter need not hold it.
 */
public enum AdapterStart {
  /** Nothing: the base's weights stay as they are. */
  NONE("nothing"),

  /**
   * The weight's r largest singular values with their vectors (PiSSA, <a
   * href="https://arxiv.org/abs/2404.02948">arXiv 2404.02948</a>); the scaling plays no part.
   */
  PISSA("PiSSA"),

  /**
   * The scaling times the first r columns of Q times the first r rows of R, of the weight's QR
   * decomposition (OLoRA, <a href="https://arxiv.org/abs/2406.01775">arXiv 2406.01775</a>).
   */
  OLORA("OLoRA");

  private final String title;

  AdapterStart(String title) {
    this.title = title;
  }

  /** Returns the method's name, for example {@code PiSSA}. */
  public String title() {
    return title;
  }

  /** Tells whether the adapter stands on other weights than the base's. */
  public boolean changesBase() {
    return this != NONE;
  }
}
