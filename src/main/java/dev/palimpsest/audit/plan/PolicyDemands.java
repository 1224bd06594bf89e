package dev.palimpsest.audit.plan;

import dev.palimpsest.EditDistance;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses a policy that asks for what an audit cannot show: such a condition would always hold. */
final class PolicyDemands {
  private final List<Suite> suites;

  private PolicyDemands(List<Suite> suites) {
    this.suites = suites;
  }

  /**
   * Checks a policy against the suites that are asked.
   *
   * @throws PolicyException if one is required and not asked, a severe item or a tier is not in its
   *     suite, or a rate is bounded that a suite does not have
   */
  static void check(Policy policy, List<Suite> suites) {
    PolicyDemands demands = new PolicyDemands(suites);
    policy.require().forEach(demands::required);
    policy.gates().forEach(demands::gate);
    policy.rare().forEach(demands::rare);
  }

  private void required(String wanted) {
    Optional<Suite> suite = find(PolicyGate.idOf(wanted));
    if (suite.isEmpty()) {
      throw new PolicyException(
          "The policy requires the suite "
              + PolicyGate.idOf(wanted)
              + ", which this audit does not run; add it to the suites.");
    }
    if (!PolicyGate.admits(wanted, suite.get().version())) {
      throw new PolicyException(
          "The policy requires "
              + wanted
              + ", but this palimpsest has version "
              + suite.get().version()
              + "; change the policy once it is known to suit that version.");
    }
  }

  private void gate(PolicyGate gate) {
    Suite suite = find(gate.id()).orElseThrow();
    for (String id : gate.severe()) {
      if (suite.item(id).isEmpty()) {
        throw new PolicyException(
            "The policy names "
                + id
                + " as severe, which "
                + suite.id()
                + " "
                + suite.version()
                + " does not have; the closest id there is "
                + closest(suite, id)
                + ".");
      }
    }
    for (String tier : gate.tiers().keySet()) {
      if (suite.items().stream().noneMatch(item -> item.tier().label().equals(tier))) {
        throw new PolicyException(
            "The policy has a gate for the tier "
                + tier
                + " of "
                + suite.id()
                + ", which has no such items; remove that gate.");
      }
    }
  }

  private void rare(RareBound bound) {
    Suite suite =
        find(bound.suite())
            .orElseThrow(
                () ->
                    new PolicyException(
                        "The policy bounds a rate of "
                            + bound.suite()
                            + ", which this audit does not run; add that suite or remove the"
                            + " bound."));
    if (bound.rate() == RareBound.Rate.FABRICATED
        && !suite.metric().label().equals("truthful_rate")) {
      throw new PolicyException(
          "The policy bounds how often "
              + suite.id()
              + " is answered with an invention, which only suites of the metric truthful_rate"
              + " tell; use rate: wrong, or another suite.");
    }
  }

  private Optional<Suite> find(String id) {
    return suites.stream().filter(suite -> suite.id().equals(id)).findFirst();
  }

  private static String closest(Suite suite, String id) {
    return suite.items().stream()
        .map(Item::id)
        .min(Comparator.comparingInt(other -> EditDistance.between(other, id)))
        .orElseThrow();
  }
}
