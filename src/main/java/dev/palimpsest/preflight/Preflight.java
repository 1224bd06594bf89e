package dev.palimpsest.preflight;

import dev.palimpsest.inference.Encoder;
import dev.palimpsest.preflight.lint.Lint;
import dev.palimpsest.preflight.overlap.Overlap;
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
 */
public record Preflight(Lint.Result lint, List<Overlap.Match> overlap, TrainingContext context) {
  public Preflight {
    Objects.requireNonNull(lint, "lint is null");
    overlap = List.copyOf(overlap);
    Objects.requireNonNull(context, "context is null");
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
    file.read(
        new TrainingFile.Reader() {
          @Override
          public void row(TrainingRow row) {
            lint.row(row);
            overlap.see(row);
            learner.see(row);
          }

          @Override
          public void fault(RowFault fault) {
            lint.fault(fault);
          }
        });
    return new Preflight(lint.result(), overlap.matches(), learner.learned());
  }
}
