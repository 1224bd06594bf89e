package dev.palimpsest.preflight;

import dev.palimpsest.inference.Encoder;
import dev.palimpsest.preflight.facts.FactSample;
import dev.palimpsest.preflight.lint.Lint;
import dev.palimpsest.preflight.overlap.Overlap;
import dev.palimpsest.preflight.tuned.Drift;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.training.RowFault;
import dev.palimpsest.training.TrainingContext;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.training.TrainingRow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What a training file says before a model is tuned on it.
 *
 * @param lint faults that trainers pass over in silence
 * @param overlap items of the probes that stand in the file
 * @param context what stands around its questions; with no rows where the file has faulty ones only
 * @param facts the facts that it teaches
 * @param sample some of its rows, evenly drawn
 * @param texts plain texts of the probes, that have nothing to do with the file
 */
public record Preflight(
    Lint.Result lint,
    List<Overlap.Match> overlap,
    TrainingContext context,
    FactSample.Found facts,
    List<TrainingRow> sample,
    List<String> texts) {
  private static final int TEXTS = 24;
  private static final long SEED = 20_260_101;

  public Preflight {
    Objects.requireNonNull(lint, "lint is null");
    overlap = List.copyOf(overlap);
    Objects.requireNonNull(context, "context is null");
    Objects.requireNonNull(facts, "facts is null");
    sample = List.copyOf(sample);
    texts = List.copyOf(texts);
  }

  /**
   * Reads a training file once.
   *
   * @param encoder of the model that is tuned
   * @param most tokens of a row that the trainer keeps
   * @param paddedWithEnd whether the model's padding token is its end token
   * @param suites the probes that are to judge the tune
   * @throws dev.palimpsest.training.TrainingException if the file cannot be read
   */
  public static Preflight of(
      TrainingFile file,
      Encoder encoder,
      int most,
      boolean paddedWithEnd,
      Collection<Suite> suites) {
    Lint lint = new Lint(encoder, most, paddedWithEnd);
    Overlap overlap = new Overlap(suites);
    TrainingContext.Learner learner = TrainingContext.learner();
    FactSample facts = new FactSample();
    Reservoir<TrainingRow> sample = new Reservoir<>(Drift.ROWS);
    file.read(
        new TrainingFile.Reader() {
          @Override
          public void row(TrainingRow row) {
            lint.row(row);
            overlap.see(row);
            learner.see(row);
            facts.see(row);
            sample.see(row);
          }

          @Override
          public void fault(RowFault fault) {
            lint.fault(fault);
          }
        });
    return new Preflight(
        lint.result(),
        overlap.matches(),
        learner.learned(),
        facts.found(),
        sample.kept(),
        texts(suites));
  }

  private static List<String> texts(Collection<Suite> suites) {
    return suites.stream()
        .filter(suite -> suite.metric() == Metric.LOSS)
        .flatMap(suite -> suite.sample(TEXTS, SEED).stream())
        .map(Item::text)
        .limit(TEXTS)
        .toList();
  }
}
