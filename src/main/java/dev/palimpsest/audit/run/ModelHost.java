package dev.palimpsest.audit.run;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerDiedException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one model loaded, and loads it again when the worker that holds it dies. */
final class ModelHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelHost.class);
  private static final int LOADS = 3;

  private final ModelLoader loader;
  private final ModelSpec spec;
  private final Consumer<String> say;
  private ModelRunner runner;
  private int deaths;

  /**
   * Creates a host; nothing is loaded before it is needed.
   *
   * @param say hears in a sentence what goes on
   */
  ModelHost(ModelLoader loader, ModelSpec spec, Consumer<String> say) {
    this.loader = loader;
    this.spec = spec;
    this.say = say;
  }

  /**
   * Runs a task with the model, again on a fresh worker where the worker dies under it.
   *
   * @param attempts how often the task is tried, at least 1
   * @throws RunnerDiedException if the worker died at every attempt
   */
  <T> T call(int attempts, Function<ModelRunner, T> task) {
    for (int attempt = 1; ; attempt++) {
      try {
        return task.apply(runner());
      } catch (RunnerDiedException e) {
        bury(e);
        if (attempt >= attempts) {
          throw e;
        }
      }
    }
  }

  /** Returns how often the worker has died so far. */
  int deaths() {
    return deaths;
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }

  private ModelRunner runner() {
    for (int attempt = 1; runner == null; attempt++) {
      try {
        runner = loader.load(spec);
      } catch (RunnerDiedException e) {
        bury(e);
        if (attempt == LOADS) {
          throw new AuditException(
              "The model cannot be loaded: " + e.getMessage() + " It was tried 3 times.", e);
        }
      } catch (DecoderException e) {
        throw new AuditException(e.getMessage(), e);
      }
    }
    return runner;
  }

  private void bury(RunnerDiedException death) {
    deaths++;
    close();
    String sentence = "The inference worker stopped (" + death.how() + "); starting another";
    log.warn(sentence);
    say.accept(sentence);
  }
}
