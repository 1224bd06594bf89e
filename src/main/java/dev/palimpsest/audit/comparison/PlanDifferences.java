package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Lists what besides the checkpoints differs between two sides. */
final class PlanDifferences {
  private static final int SHOWN = 12;
  private static final String NONE = "–";

  private final Side left;
  private final Side right;
  private final List<PlanDifference> found = new ArrayList<>();

  private PlanDifferences(Side left, Side right) {
    this.left = left;
    this.right = right;
  }

  static List<PlanDifference> of(Side left, Side right) {
    PlanDifferences all = new PlanDifferences(left, right);
    all.howItIsComputed();
    all.whatIsAsked();
    return all.found;
  }

  private void howItIsComputed() {
    compare("Base", side -> named(side.base()), true);
    ofPlan("Computed in", AuditPlan::arithmetic, true);
    ofPlan("Asked through the template of", plan -> plan.template().label(), true);
    ofArm("Chat template", "template of ", true);
    ofArm("Tokenizer", "tokenizer of ", true);
    compare("Template arguments", side -> side.arm().templateArguments().toString(), true);
    ofPlan("Most tokens of thinking", plan -> String.valueOf(plan.thinkingLimit()), true);
    fact("Engine", "engine", true);
    fact("Device", "device", true);
    fact("Palimpsest", "palimpsest", true);
  }

  private void whatIsAsked() {
    ofPlan("Depth", AuditPlan::depth, false);
    ofPlan("Seed of the draw", plan -> String.valueOf(plan.seed()), false);
    ofPlan("Level of the gates' intervals", plan -> Points.percent(plan.level()), false);
    Map<String, PlannedSuite> first = suites(left);
    Map<String, PlannedSuite> second = suites(right);
    first.keySet().forEach(suite -> suite(suite, first.get(suite), second.get(suite)));
    second.keySet().stream()
        .filter(suite -> !first.containsKey(suite))
        .forEach(suite -> suite(suite, null, second.get(suite)));
  }

  private void suite(String suite, PlannedSuite first, PlannedSuite second) {
    boolean both = first != null && second != null;
    add("Suite " + suite, version(first), version(second), both);
    if (both) {
      String margin = "Margin of " + suite;
      add(margin, Points.of(first.margin()), Points.of(second.margin()), false);
    }
  }

  private static String version(PlannedSuite suite) {
    return suite == null ? NONE : suite.version() + " (" + shortened(suite.digest()) + ")";
  }

  private static Map<String, PlannedSuite> suites(Side side) {
    Map<String, PlannedSuite> byId = new LinkedHashMap<>();
    side.audit().plan().suites().forEach(suite -> byId.put(suite.suite(), suite));
    return byId;
  }

  private void ofPlan(String what, Function<AuditPlan, String> value, boolean touchesScores) {
    compare(what, side -> value.apply(side.audit().plan()), touchesScores);
  }

  private void ofArm(String what, String kind, boolean touchesScores) {
    compare(
        what,
        side -> shortened(side.facts().getOrDefault(kind + side.arm().name(), NONE)),
        touchesScores);
  }

  private void fact(String what, String name, boolean touchesScores) {
    compare(what, side -> side.facts().getOrDefault(name, NONE), touchesScores);
  }

  private void compare(String what, Function<Side, String> value, boolean touchesScores) {
    add(what, value.apply(left), value.apply(right), touchesScores);
  }

  private void add(String what, String first, String second, boolean touchesScores) {
    if (!Objects.equals(first, second)) {
      found.add(new PlanDifference(what, first, second, touchesScores));
    }
  }

  private static String named(Arm arm) {
    return arm.name() + " (" + shortened(arm.digest()) + ")";
  }

  /** Digests are told apart by their beginning. */
  private static String shortened(String digest) {
    String bare = digest.startsWith("sha256 ") ? digest.substring("sha256 ".length()) : digest;
    return bare.matches("[0-9a-f]{64}") ? bare.substring(0, SHOWN) : digest;
  }
}
