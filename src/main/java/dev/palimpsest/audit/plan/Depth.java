package dev.palimpsest.audit.plan;

import java.util.Locale;

/** How much of each suite an audit runs. */
public enum Depth {
  /** 100 items per suite, tiers in their shares: finds damage, certifies little. */
  QUICK(100),
  /** All items. */
  STANDARD(Integer.MAX_VALUE);

  private final int itemsPerSuite;

  Depth(int itemsPerSuite) {
    this.itemsPerSuite = itemsPerSuite;
  }

  /** Returns the most items that are run of one suite. */
  public int itemsPerSuite() {
    return itemsPerSuite;
  }

  /** Returns the name used in plans and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the depth with the given label, or fails with the accepted ones. */
  public static Depth of(String label) {
    for (Depth depth : values()) {
      if (depth.label().equals(label)) {
        return depth;
      }
    }
    throw new PlanException("There is no plan '" + label + "'; use quick or standard.");
  }
}
