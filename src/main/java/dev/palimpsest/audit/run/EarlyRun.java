package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Decided;
import dev.palimpsest.audit.verdict.EarlyGate;
import dev.palimpsest.stats.sequential.ExpectedItems;
import dev.palimpsest.stats.sequential.GateSequence;
import dev.palimpsest.suite.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs an audit whose gates may be decided at any item: a block of items for each gate in turn,
 * until all of them are decided, their items are spent, or the time is over.
 *
 * <p>The base is asked just ahead of its adapters, which share its loaded model. For a tuned
 * checkpoint with weights of its own models would have to be loaded in turn, so that the base goes
 * ahead by as many items as a gate is expected to take, and by as many again where that was not
 * enough. What is asked beside the gates comes last.
 */
final class EarlyRun {
  private static final double USUAL_DISCORDANCE = 0.10;

  private final Audit audit;
  private final AuditPlan plan;
  private final AuditStore store;
  private final AuditRun run;
  private final Progress progress;
  private final Collection<List<Arm>> groups;
  private final Tally tally;
  private final Map<String, String> facts;
  private final TimeBudget budget;

  /**
   * @param run asks
   * @param groups arms that share a loaded model, the base's first
   */
  EarlyRun(
      Audit audit,
      AuditStore store,
      AuditRun run,
      Progress progress,
      Collection<List<Arm>> groups) {
    this.audit = audit;
    this.plan = audit.plan();
    this.store = store;
    this.run = run;
    this.progress = progress;
    this.groups = groups;
    this.tally = new Tally(plan);
    this.facts = new HashMap<>(store.facts(audit.id()));
    this.budget = new TimeBudget(plan.budgetMinutes(), facts);
  }

  /**
   * Runs to the end.
   *
   * @return false if it was stopped
   */
  boolean run() {
    boolean worked = true;
    while (worked && !budget.isOver()) {
      worked = false;
      for (List<Arm> group : groups) {
        if (!budget.isOver() && hasWork(group)) {
          worked = true;
          if (!run.onModel(group, host -> work(host, group))) {
            return false;
          }
        }
      }
    }
    if (budget.isOver()) {
      keep(Map.of(EarlyGate.ENDED_BY, EarlyGate.BUDGET));
      return true;
    }
    return run.compareBeside();
  }

  private boolean hasWork(List<Arm> group) {
    boolean gates =
        plan.tuned().stream()
            .flatMap(arm -> plan.suites().stream().map(suite -> wants(group, arm, suite)))
            .anyMatch(wants -> wants);
    return gates
        || group.stream().anyMatch(arm -> isSettled(arm) && run.lacksAsides(arm))
        || run.lacksDivergence(group);
  }

  /** Tells whether a gate wants something of the model that some arms share. */
  private boolean wants(List<Arm> group, Arm arm, PlannedSuite suite) {
    EarlyGate gate = play(arm, suite);
    if (gate.isOver()) {
      return false;
    }
    if (group.contains(arm)) {
      return group.contains(plan.base()) || !answerable(gate, suite).isEmpty();
    }
    return group.contains(plan.base()) && answerable(gate, suite).isEmpty();
  }

  /** Returns the items that a tuned checkpoint can be compared on, as its base is known there. */
  private List<String> answerable(EarlyGate gate, PlannedSuite suite) {
    Map<String, EarlyGate.Answer> base = tally.answers(suite.suite(), plan.base().name());
    return gate.tunedNext().stream().filter(base::containsKey).toList();
  }

  /** What is asked in another way waits for all gates, whose items it is asked. */
  private boolean isSettled(Arm arm) {
    if (arm.role() == Arm.Role.PROMPTED) {
      return plan.tuned().stream().allMatch(this::isSettled);
    }
    return arm.equals(plan.base())
        || plan.suites().stream().allMatch(suite -> play(arm, suite).isOver());
  }

  private EarlyGate play(Arm arm, PlannedSuite suite) {
    tally.refresh(id -> store.entriesAfter(audit.id(), id));
    return EarlyGate.of(plan, suite, arm.name(), tally::answers, facts);
  }

  private boolean work(ModelHost host, List<Arm> group) {
    boolean withBase = group.contains(plan.base());
    for (Arm arm : plan.tuned()) {
      boolean goesOn =
          group.contains(arm) ? decide(host, arm, withBase) : !withBase || goAhead(host, arm);
      if (!goesOn) {
        return false;
      }
    }
    boolean settled = group.stream().allMatch(this::isSettled);
    if (!budget.isOver() && settled && !run.readTogether(host, group)) {
      return false;
    }
    for (Arm arm : group) {
      if (!budget.isOver() && isSettled(arm) && !run.runAsides(host, arm)) {
        return false;
      }
    }
    return budget.isOver() || run.compareWithin(host, group);
  }

  /** Asks a block for each open gate in turn, until none wants more that is to be had here. */
  private boolean decide(ModelHost host, Arm arm, boolean withBase) {
    Set<String> waiting = new HashSet<>();
    boolean worked = true;
    while (worked && !budget.isOver()) {
      worked = false;
      for (PlannedSuite suite : plan.suites()) {
        EarlyGate gate = play(arm, suite);
        if (!gate.isOver() && !waiting.contains(suite.suite())) {
          if (withBase && !ask(host, plan.base(), suite, gate.baseNext())) {
            return false;
          }
          EarlyGate ready = play(arm, suite);
          List<String> next = answerable(ready, suite);
          if (next.isEmpty() && !withBase) {
            waiting.add(suite.suite());
          }
          if (!ask(host, arm, suite, next)) {
            return false;
          }
          say(arm, suite);
          worked = true;
        }
      }
    }
    return true;
  }

  /** Asks the base what a checkpoint with weights of its own will be compared on. */
  private boolean goAhead(ModelHost host, Arm arm) {
    for (PlannedSuite suite : plan.suites()) {
      EarlyGate gate = play(arm, suite);
      if (!gate.isOver() && answerable(gate, suite).isEmpty()) {
        Map<String, EarlyGate.Answer> base = tally.answers(suite.suite(), plan.base().name());
        int expected = (int) expected(suite);
        int goal = base.size() < expected ? expected : 2 * base.size();
        List<String> ahead =
            suite.itemIds().stream()
                .filter(item -> !base.containsKey(item))
                .limit(Math.max(GateSequence.BLOCK, goal - base.size()))
                .toList();
        if (!ask(host, plan.base(), suite, ahead)) {
          return false;
        }
      }
    }
    return true;
  }

  private double expected(PlannedSuite suite) {
    int pool = suite.itemIds().size();
    return ExpectedItems.of(suite.margin(), plan.alpha(), USUAL_DISCORDANCE, pool).items();
  }

  private boolean ask(ModelHost host, Arm arm, PlannedSuite suite, List<String> items) {
    if (items.isEmpty()) {
      return true;
    }
    boolean first =
        arm.equals(plan.base()) && !facts.containsKey(EarlyGate.baseFactName(suite.suite()));
    boolean asked =
        run.ask(
            host,
            arm,
            suite,
            items,
            outcomes -> {
              if (first && !facts.containsKey(EarlyGate.baseFactName(suite.suite()))) {
                keep(EarlyGate.baseFact(suite.suite(), wereKept(outcomes)));
              }
            });
    if (plan.budgetMinutes().isPresent()) {
      keep(budget.fact());
    }
    return asked;
  }

  private static boolean wereKept(List<AuditStore.NewOutcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> outcome.computed().isEmpty());
  }

  private void keep(Map<String, String> more) {
    store.putFacts(audit.id(), more);
    facts.putAll(more);
  }

  private void say(Arm arm, PlannedSuite suite) {
    Decided decided = play(arm, suite).decided(plan.alpha(), facts);
    progress.expect(remaining());
    progress.say(
        CapabilityName.heading(suite.capability())
            + " on "
            + arm.name()
            + ": "
            + switch (decided.why()) {
              case CERTIFIED -> "certified after " + decided.items() + " items";
              case HARM -> "proven harm after " + decided.items() + " items";
              case POOL -> "not decided by all " + decided.items() + " items";
              default -> decided.items() + " items so far";
            });
  }

  /**
   * Returns about what is still to be asked: what gates are expected to take, and what is beside.
   */
  private List<Item> remaining() {
    List<Item> remaining = new ArrayList<>();
    for (PlannedSuite suite : plan.suites()) {
      int most = 0;
      for (Arm arm : plan.tuned()) {
        EarlyGate gate = play(arm, suite);
        int left = gate.isOver() ? 0 : left(gate, suite);
        remaining.addAll(run.missing(suite, arm, left));
        most = Math.max(most, left);
      }
      remaining.addAll(run.missing(suite, plan.base(), most));
    }
    plan.arms().forEach(arm -> remaining.addAll(run.missingAsides(arm)));
    return remaining;
  }

  private int left(EarlyGate gate, PlannedSuite suite) {
    GateSequence sequence = gate.sequence();
    double expected = expected(suite) - sequence.seen();
    return (int) Math.max(GateSequence.BLOCK, expected);
  }
}
