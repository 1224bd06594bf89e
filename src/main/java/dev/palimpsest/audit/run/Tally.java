package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.EarlyGate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit's outcomes come to so far, without their texts. It reads each outcome once: a
 * refresh adds those that came since the last. Threads may share it.
 */
final class Tally {
  /** An outcome without its texts; {@code output} stands for the text of the answer. */
  record Entry(
      long id,
      String suite,
      String arm,
      String itemId,
      Outcome.State state,
      double score,
      double margin,
      long output) {
    boolean isRight() {
      return state == Outcome.State.SCORED && score >= 0.5;
    }
  }

  private final AuditPlan plan;
  private final Map<String, Map<String, Entry>> byArmAndSuite = new HashMap<>();
  private final Map<String, Map<PairedOutcome.Change, Integer>> counts = new HashMap<>();
  private long lastId;

  Tally(AuditPlan plan) {
    this.plan = plan;
  }

  /** Reads the outcomes after the one of an id, by rising id. */
  interface Source {
    List<Entry> after(long id);
  }

  synchronized void refresh(Source source) {
    for (Entry entry : source.after(lastId)) {
      of(entry.arm(), entry.suite()).put(entry.itemId(), entry);
      lastId = entry.id();
      count(entry);
    }
  }

  /** Counts the pairs that an outcome completes: one, or with an outcome of the base up to all. */
  private void count(Entry entry) {
    String base = plan.base().name();
    for (Arm arm : plan.arms()) {
      boolean concerned = entry.arm().equals(base) || entry.arm().equals(arm.name());
      if (concerned && !arm.name().equals(base)) {
        pair(entry.suite(), arm.name(), entry.itemId())
            .ifPresent(
                pair ->
                    counts
                        .computeIfAbsent(
                            key(arm.name(), entry.suite()),
                            key -> new EnumMap<>(PairedOutcome.Change.class))
                        .merge(pair.change(), 1, Integer::sum));
      }
    }
  }

  synchronized Map<PairedOutcome.Change, Integer> counts(String suite, String arm) {
    return new EnumMap<>(
        counts.getOrDefault(key(arm, suite), new EnumMap<>(PairedOutcome.Change.class)));
  }

  /** Returns the pairs there are, in plan order. */
  List<PairBrief> briefs(String suite, String arm) {
    return plan.asked().stream()
        .filter(planned -> planned.suite().equals(suite))
        .findFirst()
        .map(planned -> briefs(planned, arm))
        .orElseThrow(() -> new IllegalArgumentException("the plan has no suite " + suite));
  }

  /** Returns which items of a suite an arm has right, without those that have no score. */
  synchronized Map<String, Boolean> scores(String suite, String arm) {
    Map<String, Boolean> scores = new HashMap<>();
    of(arm, suite)
        .forEach(
            (item, entry) -> {
              if (entry.state() == Outcome.State.SCORED) {
                scores.put(item, entry.isRight());
              }
            });
    return scores;
  }

  /** Returns what gates that are decided early read of an arm's outcomes on a suite. */
  synchronized Map<String, EarlyGate.Answer> answers(String suite, String arm) {
    Map<String, EarlyGate.Answer> answers = new HashMap<>();
    of(arm, suite)
        .forEach(
            (item, entry) ->
                answers.put(
                    item,
                    new EarlyGate.Answer(
                        entry.state() == Outcome.State.SCORED, entry.isRight(), entry.margin())));
    return answers;
  }

  private synchronized List<PairBrief> briefs(PlannedSuite suite, String arm) {
    List<PairBrief> briefs = new ArrayList<>();
    for (String item : suite.itemIds()) {
      pair(suite.suite(), arm, item).ifPresent(briefs::add);
    }
    return briefs;
  }

  private Optional<PairBrief> pair(String suite, String arm, String item) {
    Entry base = of(plan.base().name(), suite).get(item);
    Entry tuned = of(arm, suite).get(item);
    if (base == null || tuned == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PairBrief(
            item,
            PairedOutcome.Change.of(base.state(), base.isRight(), tuned.state(), tuned.isRight()),
            base.output() == tuned.output(),
            base.margin(),
            tuned.margin()));
  }

  private Map<String, Entry> of(String arm, String suite) {
    return byArmAndSuite.computeIfAbsent(key(arm, suite), key -> new HashMap<>());
  }

  private static String key(String arm, String suite) {
    return suite.length() + suite + arm;
  }
}
