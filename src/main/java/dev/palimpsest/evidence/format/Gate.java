package dev.palimpsest.evidence.format;

import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.decision.Regression;
import dev.palimpsest.report.model.ReportData;

/** What a gate is called and how it came out, for formats that know passing and failing only. */
public enum Gate {
  PASSED,
  /** Nothing is proven either way. */
  WARNED,
  FAILED;

  /** Returns how a finding's gate came out; a proven drop fails even where its size is open. */
  public static Gate of(Verdict verdict) {
    return switch (verdict) {
      case CERTIFIED, CERTIFIED_WITH_REGRESSION, IMPROVED -> PASSED;
      case INCONCLUSIVE, UNINFORMATIVE -> WARNED;
      case REGRESSED, FAILED -> FAILED;
    };
  }

  /** Returns the name of a finding's gate. */
  public static String name(ReportData.Capability finding) {
    return name(finding.suite());
  }

  /** Returns the name of a suite's gate. */
  public static String name(String suite) {
    return Regression.gate(suite);
  }
}
