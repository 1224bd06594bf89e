package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A policy in words, a sentence for each of its conditions. */
public final class PolicyWords {
  private PolicyWords() {}

  /** Returns the sentences, in the order of the file. */
  public static List<String> of(Policy policy) {
    List<String> said = new ArrayList<>();
    policy.gates().forEach(gate -> said.add(gate.suite() + ": " + gate(gate) + "."));
    policy.rare().forEach(bound -> said.add(bound.suite() + ": " + bound(bound) + "."));
    if (!policy.require().isEmpty()) {
      said.add("Has to be asked: " + String.join(", ", policy.require()) + ".");
    }
    said.add(
        policy.blocksUninformative()
            ? "A suite that cannot tell on the base keeps a release from passing."
            : "A suite that cannot tell on the base is named and keeps nothing from passing.");
    policy.waivers().forEach(waiver -> said.add(waiver(waiver)));
    policy
        .approvals()
        .ifPresent(people -> said.add("A checkpoint is approved by " + people + " people."));
    said.add("Gates at level " + Points.percent(policy.alpha()) + ".");
    return said;
  }

  private static String gate(PolicyGate gate) {
    List<String> parts = new ArrayList<>();
    parts.add(
        gate.maxDrop()
            .map(drop -> "a drop of at most " + Points.of(drop) + " points")
            .orElse("a drop within the suite's own margin"));
    if (!gate.tiers().isEmpty()) {
      parts.add(
          new TreeMap<>(gate.tiers())
              .entrySet().stream()
                  .map(tier -> tier.getKey() + " " + Points.of(tier.getValue().maxDrop()))
                  .collect(Collectors.joining(", ", "by tier ", " points")));
    }
    gate.minGain()
        .ifPresent(gain -> parts.add("a gain of more than " + Points.of(gain) + " points"));
    if (!gate.severe().isEmpty()) {
      parts.add("severe, none of which may be lost: " + String.join(", ", gate.severe()));
    }
    return String.join("; ", parts);
  }

  private static String bound(RareBound bound) {
    String what =
        bound.rate() == RareBound.Rate.WRONG ? "wrong answers" : "invented answers, of those due";
    return what + " proven to be at most " + Points.percent(bound.max());
  }

  /** Returns a waiver in words. */
  public static String waiver(Waiver waiver) {
    return "Waived until "
        + waiver.expires()
        + waiver.suite().map(suite -> " for " + suite).orElse("")
        + ": "
        + waiver.what().name().toLowerCase(Locale.ROOT)
        + ", by "
        + waiver.who()
        + " ("
        + waiver.reason()
        + ").";
  }
}
