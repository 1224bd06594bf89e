package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cuts items into batches of one kind of work each. Items that are read stay with those of their
 * suite, in the plan's order. What is written comes last and is taken by its limit, whatever suite
 * it is of, since a batch takes as many steps as its longest answer.
 *
 * @param seed of the plan
 */
record Batches(long seed) {
  /** A kill loses at most so many items that are read, and progress moves this often. */
  private static final int READ = 32;

  /**
   * The same of items whose answers are written: a step reads all weights, so that thrice as many
   * rows take little longer.
   */
  private static final int WRITTEN = 96;

  /** Another size, so that a control arm's items come in other company than the base's. */
  private static final int CONTROL = 23;

  /** Returns the batches that an arm is asked, in order. */
  List<List<AskedItem>> of(List<AskedItem> all, Arm arm) {
    boolean control = arm.role() == Arm.Role.CONTROL;
    List<AskedItem> items = new ArrayList<>(all);
    if (control) {
      Collections.shuffle(items, new Random(seed + 1));
    }
    Map<Boolean, List<AskedItem>> isWritten =
        items.stream().collect(Collectors.partitioningBy(Batches::isWritten));
    return Stream.concat(
            isWritten.get(false).stream()
                .collect(
                    Collectors.groupingBy(
                        item -> item.suite().suite(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(suite -> cut(suite, control ? CONTROL : READ)),
            cut(byLimit(isWritten.get(true)), control ? CONTROL : WRITTEN))
        .toList();
  }

  private static boolean isWritten(AskedItem item) {
    return Effort.Kind.of(item.item()) == Effort.Kind.WRITING;
  }

  private static List<AskedItem> byLimit(List<AskedItem> written) {
    return written.stream()
        .sorted(Comparator.comparingInt(item -> item.item().longestAnswer()))
        .toList();
  }

  /** Cuts evenly: a small batch at the end would take as many steps as a full one. */
  private static Stream<List<AskedItem>> cut(List<AskedItem> items, int most) {
    int count = (items.size() + most - 1) / most;
    return IntStream.range(0, count)
        .mapToObj(i -> items.subList(items.size() * i / count, items.size() * (i + 1) / count));
  }
}
