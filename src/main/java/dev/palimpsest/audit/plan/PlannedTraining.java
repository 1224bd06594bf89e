package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file that the tuned checkpoints were trained on, as far as an audit goes by it.
 *
 * @param file its name
 * @param digest sha256 of its content, lower-case hex
 * @param rows training examples in it
 * @param setAside items whose words stand in it, by suite and item, with the first rows they stand
 *     in: they say nothing of the tune and are not asked
 */
public record PlannedTraining(
    String file, String digest, long rows, Map<String, Map<String, List<Integer>>> setAside) {
  public PlannedTraining {
    Objects.requireNonNull(file, "file is null");
    Objects.requireNonNull(digest, "digest is null");
    Map<String, Map<String, List<Integer>>> sorted = new TreeMap<>();
    setAside.forEach((suite, items) -> sorted.put(suite, new TreeMap<>(items)));
    setAside = sorted;
  }

  /**
   * Returns the items of a suite, or of the plain suite that it is a twin of, that are set aside.
   */
  Set<String> of(String suite) {
    return setAside.getOrDefault(CuedSuite.plain(suite), Map.of()).keySet();
  }

  /** Returns how many items are set aside. */
  @JsonIgnore
  public int items() {
    return setAside.values().stream().mapToInt(Map::size).sum();
  }
}
