package dev.palimpsest.report;

import dev.palimpsest.audit.Verdict;
import java.util.Locale;

/**
 * How a verdict looks: colour says whether it lets a release pass, shape the proven direction, and
 * a sign and a word say both again for who sees no colours.
 *
 * @param sign a character for running text
 * @param word the verdict in words, "Certified with regression"
 * @param tone CSS class suffix: "pass", "fail" or "open"
 */
public record Mark(String sign, String word, String tone) {
  /** Returns the look of a verdict. */
  public static Mark of(Verdict verdict) {
    String name = verdict.name();
    String word = name.charAt(0) + name.substring(1).replace('_', ' ').toLowerCase(Locale.ROOT);
    return switch (verdict) {
      case CERTIFIED -> new Mark("●", word, "pass");
      case CERTIFIED_WITH_REGRESSION -> new Mark("▼", word, "pass");
      case IMPROVED -> new Mark("▲", word, "pass");
      case FAILED -> new Mark("▼", word, "fail");
      case INCONCLUSIVE -> new Mark("○", word, "open");
      case UNINFORMATIVE -> new Mark("◇", word, "open");
    };
  }
}
