package dev.palimpsest.web;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.decision.ArmState;
import dev.palimpsest.decision.Standing;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What lists show of the decisions on an audit's checkpoints.
 *
 * @param marks one where all stand the same, or there are many; else one for each checkpoint
 */
public record SignOffView(List<Word> marks) {
  private static final int NAMED = 3;

  /** A state in words, and the class of its mark. */
  public record Word(String text, String tone) {}

  /** Nothing can be decided yet. */
  static final SignOffView NONE = new SignOffView(List.of(new Word("Not signed", "quiet")));

  /**
   * Reads the decisions.
   *
   * @param arms names of the checkpoints
   * @param digest of the report as it is now
   * @param decisions on the audit, newest first
   */
  static SignOffView of(List<String> arms, String digest, List<SignOff> decisions, Clock clock) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return of(arms.stream().map(arm -> Standing.of(arm, true, digest, decisions, today)).toList());
  }

  static SignOffView of(List<Standing> standings) {
    if (standings.stream().map(Standing::words).distinct().count() == 1) {
      return new SignOffView(List.of(word("", standings.get(0))));
    }
    if (standings.size() <= NAMED) {
      return new SignOffView(standings.stream().map(one -> word(one.arm() + ": ", one)).toList());
    }
    Map<ArmState, Integer> counts = new LinkedHashMap<>();
    standings.forEach(one -> counts.merge(one.state(), 1, Integer::sum));
    return new SignOffView(
        counts.entrySet().stream()
            .map(
                one ->
                    new Word(
                        one.getValue() + " " + one.getKey().word().toLowerCase(Locale.ROOT),
                        one.getKey().tone()))
            .toList());
  }

  private static Word word(String before, Standing standing) {
    return new Word(before + standing.words(), standing.state().tone());
  }
}
