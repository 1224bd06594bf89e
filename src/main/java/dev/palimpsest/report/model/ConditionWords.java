package dev.palimpsest.report.model;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Condition.Kind;
import dev.palimpsest.audit.verdict.Condition.Result;
import java.util.List;

/** Says conditions in the few words that a headline has room for. */
final class ConditionWords {
  private final AuditPlan plan;
  private final List<Condition> conditions;

  ConditionWords(AuditResult result, String arm) {
    this.plan = result.audit().plan();
    this.conditions = result.conditions(arm);
  }

  /** Returns what is broken with proof, a clause each. */
  List<String> broken() {
    return with(Result.FAIL).stream().map(this::broken).toList();
  }

  /** Returns what keeps the release from passing without being broken, a clause each. */
  List<String> unproven() {
    return with(Result.NOT_PROVEN).stream().map(this::unproven).toList();
  }

  /** Returns what was waived, a clause each. */
  List<String> waived() {
    return with(Result.WAIVED).stream().map(one -> what(one) + " is waived").toList();
  }

  /** Returns the capabilities that were not judged, as this base has nothing there to lose. */
  List<String> notJudged() {
    return conditions.stream()
        .filter(one -> one.kind() == Kind.JUDGED)
        .map(this::capability)
        .toList();
  }

  /** Tells whether a suite's lack of a verdict has a cause that is said elsewhere. */
  boolean explains(String suite) {
    return conditions.stream()
        .anyMatch(
            one ->
                one.suite().equals(suite)
                    && (one.kind() == Kind.JUDGED || one.kind() == Kind.COMPARABLE));
  }

  /** Tells whether the policy wants what was not judged to be in the way. */
  boolean blocksUnjudged() {
    return plan.policy().filter(p -> p.policy().blocksUninformative()).isPresent();
  }

  private List<Condition> with(Result result) {
    return conditions.stream().filter(one -> one.result() == result).toList();
  }

  private String broken(Condition one) {
    return switch (one.kind()) {
      case SEVERE -> "the severe item " + detail(one) + " is lost";
      case RARE -> "the share of " + rate(one) + " in " + capability(one) + " is above its bound";
      case TIER -> "the tier " + detail(one) + " of " + capability(one) + " fell beyond its margin";
      case MIN_GAIN -> "the gain asked for in " + capability(one) + " is ruled out";
      case COMPARABLE, JUDGED -> what(one);
    };
  }

  private String unproven(Condition one) {
    return switch (one.kind()) {
      case SEVERE -> "the severe item " + detail(one) + " has no score";
      case RARE -> "the bound on " + rate(one) + " in " + capability(one) + " is not proven";
      case TIER -> "the tier " + detail(one) + " of " + capability(one) + " is not decided";
      case MIN_GAIN -> "the gain asked for in " + capability(one) + " is not shown";
      case COMPARABLE, JUDGED -> what(one);
    };
  }

  private String what(Condition one) {
    return switch (detail(one)) {
      case "template" -> "it is asked through another chat template than the base";
      case "tokenizer" -> "its tokenizer splits items otherwise than the base's";
      default -> "outcomes of " + capability(one) + " are missing";
    };
  }

  private static String rate(Condition one) {
    return detail(one).equals("fabricated") ? "invented answers" : "wrong answers";
  }

  private static String detail(Condition one) {
    return one.name().substring(one.name().indexOf(':') + 1);
  }

  private String capability(Condition one) {
    return plan.suites().stream()
        .filter(suite -> suite.suite().equals(one.suite()))
        .map(PlannedSuite::capability)
        .map(CapabilityName::words)
        .findFirst()
        .orElse(one.suite());
  }
}
