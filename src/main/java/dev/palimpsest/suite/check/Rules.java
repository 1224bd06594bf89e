package dev.palimpsest.suite.check;

import java.util.Locale;

/** By whose rules the checks of an item read an answer. */
public enum Rules {
  /** Palimpsest's own: docs/SUITES.md, "How a text is read". */
  OWN,
  /**
   * Those of IFEval's reference program (Zhou and others 2023, arXiv 2311.07911, as lm-eval 0.4
   * carries it), so that scores compare with published ones: {@link IfEvalChecks}.
   */
  IFEVAL;

  /** Returns the name used in files: "own" or "ifeval". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the rules of that name. */
  public static Rules of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
