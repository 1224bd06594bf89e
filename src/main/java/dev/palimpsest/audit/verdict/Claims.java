package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Points;
import java.util.Collection;
import java.util.Locale;

/**
 * How many times an audit says "proven", and what was done about their number.
 *
 * @param findings made
 * @param certificates drops that are proven smaller than their margin
 * @param drops that are proven; those that are certified as well count in both
 * @param gains that are proven
 * @param sentence the same in words
 */
public record Claims(int findings, int certificates, int drops, int gains, String sentence) {
  /**
   * Counts the claims of an audit.
   *
   * @param alpha level of the gates
   */
  public static Claims of(Collection<Finding> findings, double alpha) {
    int certificates = (int) findings.stream().filter(f -> f.verdict().passes()).count();
    int drops = (int) findings.stream().filter(f -> f.verdict().provesDrop()).count();
    int gains = (int) findings.stream().filter(f -> f.verdict() == Verdict.IMPROVED).count();
    int all = findings.size();
    return new Claims(
        all, certificates, drops, gains, sentence(all, certificates, drops, gains, alpha));
  }

  private static String sentence(int all, int certificates, int drops, int gains, double alpha) {
    String counts =
        String.format(
            Locale.ROOT,
            "Of %s, %d certify that no drop exceeds its margin, %d prove a drop and %d a gain.",
            all == 1 ? "1 finding" : all + " findings",
            certificates,
            drops,
            gains);
    if (all < 2) {
      return counts + " With one finding there is nothing to correct for.";
    }
    return counts
        + " A gain is called proven only if it withstands the correction for all "
        + all
        + " of them (Holm, on the two-sided mid-p of McNemar), so that any false one comes up in at"
        + " most "
        + Points.percent(alpha)
        + " of audits. Drops are not corrected, so that no loss is overlooked: a checkpoint that lost"
        + " nothing is charged with at least one in up to "
        + Points.percent(Math.min(1, all * alpha))
        + " of audits of this size, and the adjusted p of each says whether it withstands. Certificates"
        + " need no correction, because a release needs every one of its gates.";
  }
}
