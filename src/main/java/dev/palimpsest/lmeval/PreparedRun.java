package dev.palimpsest.lmeval;

import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.lmeval.LmEvalTask.Measure;
import java.util.List;
import java.util.Optional;

/** A run whose files are read and put into words. */
public final class PreparedRun {
  private final LmEvalTask task;
  private final List<Prompted> prompts;

  PreparedRun(LmEvalTask task, List<Prompted> prompts) {
    this.task = task;
    this.prompts = List.copyOf(prompts);
  }

  List<Prompted> prompts() {
    return prompts;
  }

  /**
   * Asks the model.
   *
   * @param adapter the runner's name for it, none for the base
   */
  public LmEvalSamples ask(ModelRunner runner, Optional<String> adapter) {
    return task.measure() == Measure.NUMBER
        ? new WrittenNumbers(runner, adapter).answers(prompts)
        : new ChoiceScores(runner, adapter, task.measure() == Measure.CHOICE_NORMALISED)
            .answers(prompts);
  }
}
