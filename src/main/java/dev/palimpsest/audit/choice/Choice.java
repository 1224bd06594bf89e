package dev.palimpsest.audit.choice;

import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which arm was chosen, why, and what is certified of it.
 *
 * @param plan how it was to be chosen
 * @param entrants what it was chosen among, by what the choosing items say, in plan order
 * @param chosen the arm's name; empty where none can be
 * @param why in a sentence
 * @param certificate what the certifying items prove of the chosen arm; empty where none is chosen
 */
public record Choice(
    ChoicePlan plan,
    List<Entrant> entrants,
    Optional<String> chosen,
    String why,
    Optional<Certificate> certificate) {
  public Choice {
    Objects.requireNonNull(plan, "plan is null");
    entrants = List.copyOf(entrants);
    Objects.requireNonNull(chosen, "chosen is null");
    Objects.requireNonNull(why, "why is null");
    Objects.requireNonNull(certificate, "certificate is null");
  }

  /**
   * What was proven of the chosen arm on items that had no part in choosing it.
   *
   * @param items they were, over all suites
   * @param findings one per suite
   * @param verdict over all of them
   * @param sentence the same in words
   */
  public record Certificate(
      int items, List<Finding> findings, ReleaseVerdict verdict, String sentence) {
    public Certificate {
      findings = List.copyOf(findings);
      Objects.requireNonNull(verdict, "verdict is null");
      Objects.requireNonNull(sentence, "sentence is null");
    }
  }
}
