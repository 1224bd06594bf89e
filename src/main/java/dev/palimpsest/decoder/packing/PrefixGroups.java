package dev.palimpsest.decoder.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Finds prompts that begin alike, so that the common part is computed once.
 *
 * <p>Sorted by their tokens, prompts with a common prefix are neighbours. A run of neighbours is
 * split at its shortest common prefix as long as that saves more tokens.
 */
final class PrefixGroups {
  /** Below this a common prefix costs more than it saves. */
  private static final int MIN_TOKENS = 16;

  /** Below this many tokens saved in all, a pass of its own is not worth it. */
  private static final int MIN_SAVING = 64;

  /**
   * Prompts and the number of tokens that all of them begin with, 0 if not worth sharing; at least
   * one token of each prompt is left after it.
   */
  record Group<T>(int prefix, List<T> members) {}

  private PrefixGroups() {}

  /** Groups prompts; the tokens of each are given by a function. */
  static <T> List<Group<T>> of(List<T> prompts, Function<T, int[]> tokens) {
    List<T> sorted = new ArrayList<>(prompts);
    sorted.sort(Comparator.comparing(tokens, Arrays::compare));
    int[] common = new int[sorted.size()];
    for (int i = 1; i < common.length; i++) {
      common[i] = shared(tokens.apply(sorted.get(i - 1)), tokens.apply(sorted.get(i)));
    }
    List<Group<T>> groups = new ArrayList<>();
    List<T> alone = new ArrayList<>();
    split(sorted, common, 0, sorted.size(), groups, alone);
    if (!alone.isEmpty()) {
      groups.add(new Group<>(0, alone));
    }
    return groups;
  }

  private static <T> void split(
      List<T> sorted, int[] common, int from, int to, List<Group<T>> groups, List<T> alone) {
    if (to - from < 2) {
      alone.addAll(sorted.subList(from, to));
      return;
    }
    int cut = shortest(common, from, to);
    int whole = saving(common[cut], to - from);
    if (whole > 0 && whole >= best(common, from, cut) + best(common, cut, to)) {
      groups.add(new Group<>(common[cut], List.copyOf(sorted.subList(from, to))));
    } else {
      split(sorted, common, from, cut, groups, alone);
      split(sorted, common, cut, to, groups, alone);
    }
  }

  /** Returns the tokens saved by the best grouping of a run. */
  private static int best(int[] common, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int cut = shortest(common, from, to);
    int whole = saving(common[cut], to - from);
    return Math.max(whole, best(common, from, cut) + best(common, cut, to));
  }

  private static int saving(int prefix, int prompts) {
    int saved = prefix * (prompts - 1);
    return prefix < MIN_TOKENS || saved < MIN_SAVING ? 0 : saved;
  }

  private static int shortest(int[] common, int from, int to) {
    int cut = from + 1;
    for (int i = from + 2; i < to; i++) {
      if (common[i] < common[cut]) {
        cut = i;
      }
    }
    return cut;
  }

  private static int shared(int[] a, int[] b) {
    int limit = Math.min(a.length, b.length) - 1;
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? limit : Math.min(mismatch, limit);
  }
}
