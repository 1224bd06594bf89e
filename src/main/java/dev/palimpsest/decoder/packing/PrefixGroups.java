package dev.palimpsest.decoder.packing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
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
    return of(prompts, tokens, 0);
  }

  /**
   * Groups prompts where each further group costs something.
   *
   * @param price tokens that could be computed in the time that one more group takes
   */
  static <T> List<Group<T>> of(List<T> prompts, Function<T, int[]> tokens, long price) {
    if (prompts.isEmpty()) {
      return List.of();
    }
    List<T> sorted = new ArrayList<>(prompts);
    sorted.sort(Comparator.comparing(tokens, Arrays::compare));
    int[] common = new int[sorted.size()];
    for (int i = 1; i < common.length; i++) {
      common[i] = shared(tokens.apply(sorted.get(i - 1)), tokens.apply(sorted.get(i)));
    }
    List<Group<T>> groups = new ArrayList<>();
    List<T> alone = new ArrayList<>();
    Deque<Run> runs = new ArrayDeque<>(List.of(Run.all(common, price)));
    while (!runs.isEmpty()) {
      Run run = runs.pop();
      List<T> members = sorted.subList(run.from(), run.to());
      if (run.to() - run.from() < 2 || (run.isGroup() && run.prefix() == 0)) {
        alone.addAll(members);
      } else if (run.isGroup()) {
        groups.add(new Group<>(run.prefix(), List.copyOf(members)));
      } else {
        runs.push(run.second());
        runs.push(run.first());
      }
    }
    if (!alone.isEmpty()) {
      groups.add(new Group<>(0, alone));
    }
    return groups;
  }

  /**
   * Neighbours, and the two runs that more than one fall into where their common prefix is
   * shortest.
   *
   * @param from the first prompt
   * @param to the prompt after the last
   * @param prefix tokens that all have in common, 0 if that is not worth sharing
   * @param saved tokens saved by the best grouping, less what its groups cost beyond the first
   * @param isGroup whether that is to keep them together
   */
  private record Run(
      int from, int to, int prefix, long saved, boolean isGroup, Run first, Run second) {
    static Run one(int prompt) {
      return new Run(prompt, prompt + 1, 0, 0, false, null, null);
    }

    static Run of(int common, Run first, Run second, long price) {
      int prompts = second.to - first.from;
      boolean worth = common >= MIN_TOKENS && (long) common * (prompts - 1) >= MIN_SAVING;
      int prefix = worth ? common : 0;
      long whole = (long) prefix * (prompts - 1);
      long apart = first.saved + second.saved - price;
      boolean together = whole >= apart;
      return new Run(
          first.from, second.to, prefix, together ? whole : apart, together, first, second);
    }

    /**
     * Returns the run of all prompts, from what each has in common with the one before it.
     * Thousands may have as much in common, each run but one shorter than the last, so nothing here
     * recurs.
     */
    static Run all(int[] common, long price) {
      Deque<Run> open = new ArrayDeque<>(); // firsts of runs whose seconds are not complete yet
      Deque<Integer> prefixes = new ArrayDeque<>(); // what they have in common
      Run last = one(0);
      for (int i = 1; i < common.length; i++) {
        last = closed(open, prefixes, common[i], last, price);
        open.push(last);
        prefixes.push(common[i]);
        last = one(i);
      }
      return closed(open, prefixes, -1, last, price);
    }

    /** Completes the runs that have more in common than what follows. */
    private static Run closed(
        Deque<Run> open, Deque<Integer> prefixes, int next, Run last, long price) {
      Run run = last;
      while (!open.isEmpty() && prefixes.peek() > next) {
        run = of(prefixes.pop(), open.pop(), run, price);
      }
      return run;
    }
  }

  private static int shared(int[] a, int[] b) {
    int limit = Math.min(a.length, b.length) - 1;
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? limit : Math.min(mismatch, limit);
  }
}
