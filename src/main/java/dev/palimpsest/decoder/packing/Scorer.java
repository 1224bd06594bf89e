package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.ContinuationScore;
import dev.palimpsest.decoder.ScoreRequest;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import java.util.Arrays;
import java.util.List;

/**
 * Scores continuations: each context is computed once, as is a prefix that many contexts share, and
 * only scored positions go through the output head.
 */
public final class Scorer {
  /** Enough for the matrix products to run at full speed, few enough to stay in the caches. */
  private static final int TOKENS_PER_PASS = 1024;

  private final Kernel kernel;
  private final SharedPrefix shared;
  private final int maxLength;
  private final int unitsPerPass;

  /**
   * Creates a scorer.
   *
   * @param shared holds what contexts begin with in common
   * @param maxLength longest sequence that the model takes
   * @param unitsPerPass most contexts in one forward pass
   */
  public Scorer(Kernel kernel, SharedPrefix shared, int maxLength, int unitsPerPass) {
    this.kernel = kernel;
    this.shared = shared;
    this.maxLength = maxLength;
    this.unitsPerPass = unitsPerPass;
  }

  /** Returns the scores of each request's continuations, in order. */
  public List<List<ContinuationScore>> score(Model model, List<ScoreRequest> requests) {
    ContinuationScore[][] scores = new ContinuationScore[requests.size()][];
    Arrays.setAll(scores, r -> new ContinuationScore[requests.get(r).continuationIds().size()]);
    List<ScoreUnit> units = ScoreUnits.of(requests, maxLength);
    for (PrefixGroups.Group<ScoreUnit> group : PrefixGroups.of(units, ScoreUnit::context)) {
      scoreGroup(model, group, scores);
    }
    return Arrays.stream(scores).map(List::of).toList();
  }

  private void scoreGroup(
      Model model, PrefixGroups.Group<ScoreUnit> group, ContinuationScore[][] scores) {
    List<ScoreUnit> units = group.members();
    int longest = units.stream().mapToInt(u -> u.tokens(group.prefix())).max().orElse(0);
    List<int[]> contexts = units.stream().map(ScoreUnit::context).toList();
    run(model, units, shared.of(model, contexts, group.prefix(), longest), scores);
  }

  private void run(
      Model model, List<ScoreUnit> units, Prefix prefix, ContinuationScore[][] scores) {
    ScorePass pass = new ScorePass(prefix.length());
    for (ScoreUnit unit : units) {
      boolean full = pass.size() + unit.tokens(prefix.length()) > TOKENS_PER_PASS;
      if (pass.units() > 0 && (full || pass.units() == unitsPerPass)) {
        run(model, pass, prefix, scores);
        pass = new ScorePass(prefix.length());
      }
      pass.add(unit);
    }
    if (pass.units() > 0) {
      run(model, pass, prefix, scores);
    }
  }

  private void run(Model model, ScorePass pass, Prefix prefix, ContinuationScore[][] scores) {
    Cancellation.check();
    pass.deliver(kernel.score(model, pass.row(), prefix, pass.targets()), scores);
  }
}
