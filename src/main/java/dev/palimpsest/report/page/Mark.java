package dev.palimpsest.report.page;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.chart.Look;

/**
 * How a verdict looks, the same wherever one is shown: colour says whether it lets a release pass,
 * the sign the proven direction, and the word says both again for who sees neither.
 *
 * @param sign a character for running text; filled where something is decided
 * @param word the verdict in words, "Certified with regression"
 * @param tone CSS class suffix: "pass", "warn" (passes, and something was lost), "fail" or "open"
 */
public record Mark(String sign, String word, String tone) {
  /** Returns the look of a verdict. */
  public static Mark of(Verdict verdict) {
    String word = verdict.word();
    return switch (verdict) {
      case CERTIFIED -> new Mark("●", word, "pass");
      case CERTIFIED_WITH_REGRESSION -> new Mark("▼", word, "warn");
      case IMPROVED -> new Mark("▲", word, "pass");
      case FAILED -> new Mark("▼", word, "fail");
      case REGRESSED -> new Mark("▽", word, "fail");
      case INCONCLUSIVE -> new Mark("○", word, "open");
      case UNINFORMATIVE -> new Mark("◇", word, "open");
    };
  }

  /** Returns the look of a verdict over all suites. */
  public static Mark of(ReleaseVerdict verdict) {
    return switch (verdict) {
      case PASS -> new Mark("✓", "Pass", "pass");
      case FAIL -> new Mark("✕", "Fail", "fail");
      case NOT_PROVEN -> new Mark("○", "Not proven", "open");
      case INCOMPLETE -> new Mark("…", "Incomplete", "open");
    };
  }

  /** Tells whether the sign is an outline: nothing is decided, or not how much. */
  public boolean isHollow() {
    return sign.equals("○") || sign.equals("◇") || sign.equals("▽") || sign.equals("…");
  }

  /** Returns the same for drawings. */
  public Look look() {
    Look.Shape shape =
        switch (sign) {
          case "▲" -> Look.Shape.UP;
          case "▼", "▽", "✕" -> Look.Shape.DOWN;
          case "◇", "…" -> Look.Shape.DIAMOND;
          default -> Look.Shape.CIRCLE;
        };
    return new Look(shape, isHollow(), tone, sign, word);
  }
}
