package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores continuations: each context is computed once, as is a prefix that many contexts share, and
 * only scored positions go through the output head.
 */
public final class Scorer {
  /** Enough for the matrix products to run at full speed, few enough to stay in the caches. */
  private static final int TOKENS_PER_PASS = 1024;

  /** Fewer are not split further to keep every lane busy. */
  private static final int TOKENS_PER_PASS_LEAST = 256;

  private final Kernel kernel;
  private final Lanes lanes;
  private final int maxLength;
  private final int unitsPerPass;
  private final Regimes regimes;
  private final Halving halving = new Halving();

  /**
   * Creates a scorer.
   *
   * @param lanes where passes are run
   * @param maxLength longest sequence that the model takes
   * @param unitsPerPass most contexts in one forward pass
   * @param regimes lengths that are computed apart
   */
  public Scorer(Kernel kernel, Lanes lanes, int maxLength, int unitsPerPass, Regimes regimes) {
    this.kernel = kernel;
    this.lanes = lanes;
    this.maxLength = maxLength;
    this.unitsPerPass = unitsPerPass;
    this.regimes = regimes;
  }

  /** Returns the scores of each request's continuations, in order. */
  public List<List<ContinuationScore>> score(Model model, List<ScoreRequest> requests) {
    ContinuationScore[][] scores = new ContinuationScore[requests.size()][];
    Arrays.setAll(scores, r -> new ContinuationScore[requests.get(r).continuationIds().size()]);
    List<Lanes.Pass> passes = new ArrayList<>();
    List<ScoreUnit> all = ScoreUnits.of(requests, maxLength, regimes);
    for (List<ScoreUnit> units : regimes.part(all, ScoreUnit::length)) {
      for (PrefixGroups.Group<ScoreUnit> group : PrefixGroups.of(units, ScoreUnit::context)) {
        passes.addAll(passes(model, group, scores));
      }
    }
    lanes.run(passes);
    return Arrays.stream(scores).map(List::of).toList();
  }

  private List<Lanes.Pass> passes(
      Model model, PrefixGroups.Group<ScoreUnit> group, ContinuationScore[][] scores) {
    ScoreUnit one = group.members().get(0);
    int longest = longest(group);
    List<Lanes.Pass> passes = new ArrayList<>();
    for (List<ScoreUnit> part : split(group)) {
      passes.add(
          shared -> {
            int common = group.prefix();
            Prefix prefix = shared.of(model, one.context(), common, longest, one.length());
            halving.run(part, units -> run(model, units, prefix, scores));
          });
    }
    return passes;
  }

  /** Cuts a group into passes of about equal size. */
  private List<List<ScoreUnit>> split(PrefixGroups.Group<ScoreUnit> group) {
    long tokens = group.members().stream().mapToLong(u -> u.tokens(group.prefix())).sum();
    long count = passes(tokens, group.members().size());
    List<List<ScoreUnit>> parts = new ArrayList<>();
    long before = 0;
    long cut = 0;
    for (ScoreUnit unit : group.members()) {
      if (before >= cut || parts.get(parts.size() - 1).size() == unitsPerPass) {
        parts.add(new ArrayList<>());
        cut = Math.max(cut, before) + (tokens + count - 1) / count;
      }
      parts.get(parts.size() - 1).add(unit);
      before += unit.tokens(group.prefix());
    }
    return parts;
  }

  /** So many that none is too large, and as many for each lane as far as they are large enough. */
  private long passes(long tokens, int units) {
    long needed = Math.max(tokens / TOKENS_PER_PASS, (units - 1) / unitsPerPass) + 1;
    long even = (needed + lanes.count() - 1) / lanes.count() * lanes.count();
    return Math.max(needed, Math.min(even, tokens / TOKENS_PER_PASS_LEAST));
  }

  private static int longest(PrefixGroups.Group<ScoreUnit> group) {
    return group.members().stream().mapToInt(u -> u.tokens(group.prefix())).max().orElse(0);
  }

  private void run(
      Model model, List<ScoreUnit> units, Prefix prefix, ContinuationScore[][] scores) {
    ScorePass pass = new ScorePass(prefix.length());
    units.forEach(pass::add);
    pass.deliver(kernel.score(model, pass.row(), prefix, pass.targets()), scores);
  }
}
