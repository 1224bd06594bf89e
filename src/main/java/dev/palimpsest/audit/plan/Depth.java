package dev.palimpsest.audit.plan;

import dev.palimpsest.suite.FormSizes;
import java.util.Locale;

/** How much of each suite an audit runs. */
public enum Depth {
  /** A hundred items of each suite or so, tiers in their shares: finds damage, certifies little. */
  QUICK {
    @Override
    public int items(FormSizes sizes) {
      return sizes.quick();
    }
  },
  /** As many as certify five points on most tunes; what was lost is asked again in other ways. */
  STANDARD {
    @Override
    public int items(FormSizes sizes) {
      return sizes.standard();
    }

    @Override
    public int written() {
      return 100;
    }
  },
  /**
   * Of all items that there are, one of each cluster, as many as each gate takes until it is
   * decided; what was lost by then is asked again.
   */
  CERTIFY {
    @Override
    public int items(FormSizes sizes) {
      return Integer.MAX_VALUE;
    }

    @Override
    public int texts(FormSizes sizes) {
      return sizes.quick();
    }

    @Override
    public boolean asksLostAgain() {
      return true;
    }

    @Override
    public boolean decidesEarly() {
      return true;
    }
  },
  /** All items that there are. */
  FULL {
    @Override
    public int items(FormSizes sizes) {
      return Integer.MAX_VALUE;
    }

    @Override
    public int written() {
      return Integer.MAX_VALUE;
    }
  };

  /** Returns the most items that are run of a suite. */
  public abstract int items(FormSizes sizes);

  /** Returns how many items of a suite of choices are answered in writing too; 0 for none. */
  public int written() {
    return 0;
  }

  /** Returns the most passages of plain text that are read beside the suites. */
  public int texts(FormSizes sizes) {
    return items(sizes);
  }

  /** Tells whether items that were lost are asked again after worked examples. */
  public boolean asksLostAgain() {
    return written() > 0;
  }

  /** Tells whether a suite ends as soon as its gate is decided. */
  public boolean decidesEarly() {
    return false;
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
    throw new PlanException(
        "There is no plan '" + label + "'; use certify, quick, standard or full.");
  }
}
