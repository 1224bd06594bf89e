package dev.palimpsest.lmeval;

import dev.palimpsest.lmeval.LmEvalTask.Examples;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses the examples in front of each document as lm-eval's samplers do (api/samplers.py). One
 * generator serves all documents of a task one after the other, so what a document gets depends on
 * how many came before it.
 */
final class ExampleSampler {
  private final List<Document> pool;
  private final Examples rule;
  private final int count;
  private final PythonRandom random;

  /**
   * Creates a sampler.
   *
   * @param pool at least {@link #needed} documents
   */
  ExampleSampler(List<Document> pool, Examples rule, int count, long seed) {
    this.pool = pool;
    this.rule = rule;
    this.count = count;
    this.random = new PythonRandom(seed);
  }

  /** Returns how many documents there have to be to choose from. */
  static int needed(Examples rule, int count) {
    return count > 0 && rule == Examples.DRAWN_WITHOUT_ASKED ? count + 1 : count;
  }

  /** Returns the examples for the next document. */
  List<Document> before(Document asked) {
    if (count == 0) {
      return List.of();
    }
    return switch (rule) {
      case NONE -> List.of();
      case FIRST -> pool.subList(0, count);
      case DRAWN -> drawn(pool, count);
      case DRAWN_WITHOUT_ASKED -> others(asked);
    };
  }

  private List<Document> others(Document asked) {
    List<Document> others = without(asked, drawn(pool, count + 1));
    return others.size() >= count ? others.subList(0, count) : drawn(without(asked, pool), count);
  }

  private List<Document> drawn(List<Document> from, int number) {
    return Arrays.stream(random.sample(from.size(), number)).mapToObj(from::get).toList();
  }

  private static List<Document> without(Document asked, List<Document> documents) {
    return documents.stream().filter(each -> !each.doc().equals(asked.doc())).toList();
  }
}
