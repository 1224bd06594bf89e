package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ExcessFlips;
import dev.palimpsest.stats.LossAndGain;
import dev.palimpsest.stats.PairedTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a finding's sentence is followed by: how its items hang together, and where it drifted. */
record FindingsAsides(FindingsEvidence evidence, Verdict verdict, FindingsClaims claims) {
  /** More rows than these belong in a table. */
  private static final int MOST_TOPICS = 3;

  /** A margin that lets go less than this of what the base can do needs no word. */
  private static final double TOLD_SHARE = 0.10;

  String text() {
    return clusters() + floor() + share() + topics();
  }

  private String clusters() {
    return evidence
        .pairs()
        .filter(ClusteredPairs::isClustered)
        .map(
            pairs ->
                String.format(
                    Locale.ROOT,
                    " Items of one cluster moved together: the %d of them tell as much as %d"
                        + " independent ones (design effect %.1f), and the interval allows for it.",
                    pairs.table().n(),
                    (int) pairs.effectiveItems(),
                    pairs.designEffect()))
        .orElse("");
  }

  private String floor() {
    PairedTable table = evidence.table();
    return evidence
        .floor()
        .filter(floor -> floor.lost() + floor.gained() > 0)
        .map(
            floor -> {
              double level = 1 - 2 * claims.alpha();
              int turned = floor.lost() + floor.gained();
              ExcessFlips excess =
                  ExcessFlips.of(table.discordant(), table.n(), turned, floor.n(), level);
              return excess.isProven()
                  ? ""
                  : " No more items change sides ("
                      + Points.percent(table.discordance())
                      + ") than may when the base runs again ("
                      + Points.percent((double) turned / floor.n())
                      + ").";
            })
        .orElse("");
  }

  private String share() {
    PairedTable table = evidence.table();
    double chance = evidence.suite().chance();
    double share = LossAndGain.shareOfSkill(evidence.suite().margin(), table.baseRate(), chance);
    if (!verdict.passes() || !(share >= TOLD_SHARE)) {
      return "";
    }
    return " The margin lets up to "
        + Points.percent(Math.min(1, share))
        + (chance > 0 ? " of the base's skill above guessing go." : " of the base's skill go.");
  }

  private String topics() {
    List<Drift> proven =
        evidence.drift().stream()
            .filter(row -> row.kind().equals("topic") && row.isProven(claims.alpha()))
            .toList();
    if (proven.isEmpty()) {
      return "";
    }
    String more = proven.size() > MOST_TOPICS ? " and others" : "";
    return " By topic, over all of them: "
        + proven.stream().limit(MOST_TOPICS).map(this::row).collect(Collectors.joining(", "))
        + more
        + ".";
  }

  private String row(Drift row) {
    return row.name()
        + " "
        + Points.signed(row.delta())
        + " points ("
        + row.lost()
        + " lost, "
        + row.gained()
        + " gained; adjusted p "
        + Points.pValue(row.pHolm())
        + ")";
  }
}
