package dev.palimpsest.audit;

import dev.palimpsest.audit.Outcome.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Paired outcomes for tests, by how many came out which way. */
public final class Pairs {
  private final List<PairedOutcome> pairs = new ArrayList<>();

  public static List<PairedOutcome> of(int bothRight, int lost, int gained, int bothWrong) {
    return of(bothRight, lost, gained, bothWrong, 0);
  }

  public static List<PairedOutcome> of(
      int bothRight, int lost, int gained, int bothWrong, int notComparable) {
    Pairs made = new Pairs();
    made.add(bothRight, 1, 1, State.SCORED);
    made.add(lost, 1, 0, State.SCORED);
    made.add(gained, 0, 1, State.SCORED);
    made.add(bothWrong, 0, 0, State.SCORED);
    made.add(notComparable, 1, 0, State.TRUNCATED);
    return made.pairs;
  }

  /** Returns the pairs without their texts, as findings are made of them. */
  public static List<PairBrief> briefs(List<PairedOutcome> pairs) {
    return pairs.stream().map(PairBrief::of).toList();
  }

  private void add(int count, double base, double tuned, State tunedState) {
    for (int i = 0; i < count; i++) {
      String id = "item-" + pairs.size();
      pairs.add(
          new PairedOutcome(
              outcome(id, "base", base, State.SCORED), outcome(id, "tuned", tuned, tunedState)));
    }
  }

  private static Outcome outcome(String id, String arm, double score, State state) {
    return new Outcome("suite", id, arm, state, score, "prompt", "output", "", "", Map.of());
  }
}
