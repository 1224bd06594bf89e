package dev.palimpsest.audit.plan;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one of the tuned arms is chosen for release, frozen with the plan.
 *
 * @param among what the arms are
 * @param rule how it is chosen, and what certifies the choice
 * @param seed of the halves; no outcome has a part in it
 */
public record ChoicePlan(Among among, Rule rule, long seed) {
  /** What is chosen among. */
  public enum Among {
    /** One adapter at several scales, in rising order. */
    SCALES,
    /** Checkpoints of one run or of one recipe, in the order in which they were given. */
    CHECKPOINTS
  }

  /**
   * How it is chosen. A rule is never changed: another one gets another name, so that a frozen plan
   * keeps its meaning.
   */
  public enum Rule {
    /** Chosen on one half of the items, and certified once on the other. */
    HALVES,
    /** Each in turn on all items, until the first that does not pass. */
    SEQUENCE;

    /** Returns the name used on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the rule with the given label, or fails with the accepted ones. */
    public static Rule of(String label) {
      return Stream.of(values())
          .filter(rule -> rule.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new PlanException(
                      "There is no way to choose called '%s'; use %s."
                          .formatted(
                              label,
                              Stream.of(values())
                                  .map(Rule::label)
                                  .collect(Collectors.joining(" or ")))));
    }
  }

  public ChoicePlan {
    Objects.requireNonNull(among, "among is null");
    Objects.requireNonNull(rule, "rule is null");
  }
}
