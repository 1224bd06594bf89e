package dev.palimpsest.lmeval;

import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.importer.LmEvalSample;
import dev.palimpsest.suite.importer.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two files of samples of one task, paired by doc_id and filter.
 *
 * @param pairs in the order of the first file
 * @param unpaired how many lines of either file have no partner in the other
 */
public record SamplesComparison(List<Pair> pairs, int unpaired) {
  public SamplesComparison {
    pairs = List.copyOf(pairs);
  }

  /** How far two answers are from each other. */
  public sealed interface Difference {
    /**
     * Between log-likelihoods.
     *
     * @param largest over the choices, in nats, 0 or more
     * @param choice where it is, from 0
     */
    record LogLikelihoods(double largest, int choice) implements Difference {}

    /** Between written answers, after the filter. */
    record Texts(boolean same) implements Difference {}
  }

  /**
   * One document in both files.
   *
   * @param samePrompt whether both were asked the same, choices included
   * @param sameMetrics whether all metrics that both have are the same
   */
  public record Pair(
      int document, String filter, boolean samePrompt, boolean sameMetrics, Difference difference) {
    /** Tells whether both were asked the same and the answers are no further apart than allowed. */
    public boolean agrees(double tolerance) {
      return samePrompt
          && (difference instanceof Difference.LogLikelihoods found
              ? found.largest() <= tolerance
              : ((Difference.Texts) difference).same());
    }
  }

  private record Key(int document, String filter) {}

  /**
   * Reads and compares two files.
   *
   * @throws SuiteException at the first fault of a file, or if no document is in both
   */
  public static SamplesComparison of(Path mine, Path theirs) {
    Map<Key, LmEvalSample> left = read(mine);
    Map<Key, LmEvalSample> right = read(theirs);
    List<Pair> pairs = new ArrayList<>();
    left.forEach(
        (key, sample) -> {
          if (right.containsKey(key)) {
            pairs.add(pair(sample, right.get(key)));
          }
        });
    if (pairs.isEmpty()) {
      throw new SuiteException(
          theirs.toString(), 0, "doc_id", "no document of " + mine, "samples of the same task");
    }
    return new SamplesComparison(pairs, left.size() + right.size() - 2 * pairs.size());
  }

  private static Map<Key, LmEvalSample> read(Path file) {
    Map<Key, LmEvalSample> samples = new LinkedHashMap<>();
    Source.read(file).rows().stream()
        .map(LmEvalSample::of)
        .forEach(
            sample -> {
              Key key = new Key(sample.document(), sample.filter());
              if (samples.put(key, sample) != null) {
                throw sample
                    .row()
                    .fault("doc_id", sample.document() + " again", "each document once per filter");
              }
            });
    return samples;
  }

  private static Pair pair(LmEvalSample mine, LmEvalSample theirs) {
    boolean same =
        mine.contexts().equals(theirs.contexts())
            && mine.continuations().equals(theirs.continuations());
    Map<String, Double> shared = new LinkedHashMap<>(mine.metrics());
    shared.keySet().retainAll(theirs.metrics().keySet());
    boolean sameMetrics =
        shared.entrySet().stream()
            .allMatch(each -> each.getValue().equals(theirs.metrics().get(each.getKey())));
    return new Pair(mine.document(), mine.filter(), same, sameMetrics, difference(mine, theirs));
  }

  private static Difference difference(LmEvalSample mine, LmEvalSample theirs) {
    List<Double> left = mine.logLikelihoods();
    List<Double> right = theirs.logLikelihoods();
    if (left.size() != right.size()) {
      throw theirs
          .row()
          .fault(
              "filtered_resps", right.size() + " choices", left.size() + " as in the other file");
    }
    if (left.isEmpty()) {
      return new Difference.Texts(mine.texts().equals(theirs.texts()));
    }
    double largest = -1;
    int choice = 0;
    for (int i = 0; i < left.size(); i++) {
      double gap = Math.abs(left.get(i) - right.get(i));
      if (!(gap <= largest)) {
        largest = gap;
        choice = i;
      }
    }
    return new Difference.LogLikelihoods(largest, choice);
  }
}
