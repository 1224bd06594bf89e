package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one suite has to show.
 *
 * @param suite id, or id@version to insist on a version: knowledge@1 or knowledge@1.2.0
 * @param maxDrop the largest acceptable drop of the suite's metric, in (0, 1); empty for the
 *     suite's own margin
 * @param tiers gates of single tiers, by "easy", "medium" or "hard"
 * @param minGain the gain that has to be exceeded, in [0, 1); empty where none is asked for
 * @param severe items of which a lost one fails the release by itself
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyGate(
    String suite,
    Optional<Double> maxDrop,
    Map<String, TierGate> tiers,
    Optional<Double> minGain,
    List<String> severe) {
  /**
   * The margin of one tier.
   *
   * @param maxDrop the largest acceptable drop among its items, in (0, 1)
   */
  public record TierGate(double maxDrop) {
    public TierGate {
      requireDrop("a tier", maxDrop);
    }
  }

  public PolicyGate {
    if (suite == null || suite.isBlank()) {
      throw new PolicyException("A gate names no suite; add suite: ID to it.");
    }
    maxDrop = maxDrop == null ? Optional.empty() : maxDrop;
    tiers = tiers == null ? Map.of() : Map.copyOf(new TreeMap<>(tiers));
    minGain = minGain == null ? Optional.empty() : minGain;
    severe = severe == null ? List.of() : List.copyOf(severe);
    if (maxDrop.isPresent()) {
      requireDrop("suite " + suite, maxDrop.get());
    }
    if (minGain.isPresent() && !(minGain.get() >= 0 && minGain.get() < 1)) {
      throw new PolicyException(
          "The gate of suite "
              + suite
              + " has minGain "
              + minGain.get()
              + "; it should be at least 0 and below 1, such as 0.02 for two points.");
    }
  }

  /** Makes a gate of a margin alone. */
  public PolicyGate(String suite, double maxDrop) {
    this(suite, Optional.of(maxDrop), Map.of(), Optional.empty(), List.of());
  }

  private static void requireDrop(String of, double maxDrop) {
    if (!(maxDrop > 0 && maxDrop < 1)) {
      throw new PolicyException(
          "The gate of "
              + of
              + " has maxDrop "
              + maxDrop
              + "; it should be between 0 and 1, such as 0.05 for five points.");
    }
  }

  /** Returns the suite's id. */
  public String id() {
    return idOf(suite);
  }

  /** Tells whether a version of the suite is one that the gate was made for. */
  boolean admits(String version) {
    return admits(suite, version);
  }

  /** Returns the id in "id" or "id@version". */
  static String idOf(String suite) {
    int at = suite.indexOf('@');
    return at < 0 ? suite : suite.substring(0, at);
  }

  /** Tells whether "id" or "id@version" admits a version; @1 admits 1.2.0. */
  static boolean admits(String suite, String version) {
    int at = suite.indexOf('@');
    String wanted = suite.substring(at + 1);
    return at < 0 || version.equals(wanted) || version.startsWith(wanted + ".");
  }
}
