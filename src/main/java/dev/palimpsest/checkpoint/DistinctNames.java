package dev.palimpsest.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names by which checkpoints can be told apart: those that share one have as many of the folders
 * above them in front as it takes, {@code run_a/checkpoint-500} and {@code run_b/checkpoint-500}.
 */
public final class DistinctNames {
  private static final String GGUF = ".gguf";

  private DistinctNames() {}

  /**
   * Returns a name for each path.
   *
   * @param names what people call them
   * @param paths where they lie, as many; two that are one path keep one name
   */
  public static List<String> of(List<String> names, List<Path> paths) {
    List<List<String>> longer =
        IntStream.range(0, names.size()).mapToObj(i -> labels(names.get(i), paths.get(i))).toList();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<Integer> sharers =
          IntStream.range(0, names.size()).filter(j -> names.get(j).equals(name)).boxed().toList();
      distinct.add(at(longer.get(i), depth(sharers, longer)));
    }
    return List.copyOf(distinct);
  }

  /** Returns how many labels to go up until all who share a name differ, or stop differing. */
  private static int depth(List<Integer> sharers, List<List<String>> labels) {
    int deepest = sharers.stream().mapToInt(i -> labels.get(i).size()).max().orElse(1);
    int best = 0;
    long most = 1;
    for (int depth = 0; depth < deepest && most < sharers.size(); depth++) {
      Set<String> found = new HashSet<>();
      for (int i : sharers) {
        found.add(at(labels.get(i), depth));
      }
      if (found.size() > most) {
        most = found.size();
        best = depth;
      }
    }
    return best;
  }

  private static String at(List<String> labels, int depth) {
    return labels.get(Math.min(depth, labels.size() - 1));
  }

  /** Returns the name, and then longer and longer ones. */
  private static List<String> labels(String name, Path given) {
    Path path = HubCache.pinned(given.toAbsolutePath().normalize());
    List<String> labels = new ArrayList<>(List.of(name));
    if (HubCache.isSnapshot(path)) {
      String identifier = HubCache.identifier(path.getParent().getParent());
      labels.add(identifier);
      labels.add(identifier + "/" + path.getFileName());
    }
    String last = path.getFileName() == null ? "" : path.getFileName().toString();
    boolean own = last.equals(name) || last.equals(name + GGUF);
    String tail = own ? name : last;
    for (int i = path.getNameCount() - 2; i >= 0; i--) {
      tail = path.getName(i) + "/" + tail;
      labels.add(own ? tail : "%s (%s)".formatted(name, tail));
    }
    return labels;
  }
}
