package dev.palimpsest.audit.choice;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the arms that may be chosen, by what the choosing items say of it.
 *
 * @param tuned the arm's name
 * @param scale of its adapter, 1 where it has none
 * @param gain the mean change of score over the suites that ask for the skill; empty without any
 * @param gainError its standard error, from the items' paired differences; 0 without a gain
 * @param worst the finding on which it lost the largest share of its margin, of the suites that ask
 *     for no skill; empty where none of them says anything
 * @param obstacle why it cannot be chosen, a clause; "" where it can
 */
public record Entrant(
    String tuned,
    double scale,
    Optional<Double> gain,
    double gainError,
    Optional<Finding> worst,
    String obstacle) {
  public Entrant {
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(gain, "gain is null");
    Objects.requireNonNull(worst, "worst is null");
    Objects.requireNonNull(obstacle, "obstacle is null");
  }

  /** Looks at the findings on one arm. */
  static Entrant of(Arm arm, List<PlannedSuite> suites, Collection<Finding> findings) {
    Set<String> skills =
        suites.stream()
            .filter(PlannedSuite::skill)
            .map(PlannedSuite::suite)
            .collect(Collectors.toSet());
    List<Finding> own = findings.stream().filter(f -> f.tuned().equals(arm.name())).toList();
    List<Finding> skill = own.stream().filter(f -> skills.contains(f.suite())).toList();
    Optional<Finding> worst =
        own.stream()
            .filter(f -> !skills.contains(f.suite()))
            .filter(f -> f.verdict() != Verdict.UNINFORMATIVE)
            .max(Comparator.comparingDouble(Entrant::shareOfMargin));
    return new Entrant(
        arm.name(),
        arm.scaleOrOne(),
        skill.isEmpty() ? Optional.empty() : Optional.of(mean(skill)),
        error(skill),
        worst,
        worst.map(Entrant::obstacle).orElse(""));
  }

  /** Tells whether it can be chosen. */
  public boolean isAdmissible() {
    return obstacle.isEmpty();
  }

  /** Returns the largest share of a margin that it lost; below 0 where it gained everywhere. */
  double worstShare() {
    return worst.map(Entrant::shareOfMargin).orElse(Double.NEGATIVE_INFINITY);
  }

  private static double shareOfMargin(Finding finding) {
    return -finding.delta() / finding.margin();
  }

  /** A proven drop bars an arm, and so does an observed one as large as the margin. */
  private static String obstacle(Finding worst) {
    boolean proven = worst.verdict() == Verdict.FAILED || worst.verdict() == Verdict.REGRESSED;
    return proven || shareOfMargin(worst) >= 1
        ? CapabilityName.words(worst.capability())
            + " fell "
            + Points.of(worst.delta())
            + " points, with a margin of "
            + Points.of(worst.margin())
        : "";
  }

  private static double mean(List<Finding> skill) {
    return skill.stream().mapToDouble(Finding::delta).average().orElse(0);
  }

  /** The standard error of a mean of independent suites. */
  private static double error(List<Finding> skill) {
    double variance =
        skill.stream()
            .filter(f -> f.n() > 0)
            .mapToDouble(
                f -> {
                  double psi = f.counts().table().discordance();
                  return (psi - f.delta() * f.delta()) / f.n();
                })
            .sum();
    return skill.isEmpty() ? 0 : Math.sqrt(Math.max(0, variance)) / skill.size();
  }
}
