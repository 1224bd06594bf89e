package dev.palimpsest.audit.run;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.worker.WorkerRunner;
import java.util.List;
import java.util.Optional;

/** A worker that is killed, {@code kill -9}, whenever it is to encode a certain text. */
final class PoisonedRunner implements ModelRunner {
  private final WorkerRunner worker;
  private final String poison;

  PoisonedRunner(ModelRunner worker, String poison) {
    this.worker = (WorkerRunner) worker;
    this.poison = poison;
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    if (requests.toString().contains(poison)) {
      ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    return worker.encode(adapter, requests);
  }

  @Override
  public ModelDescription description() {
    return worker.description();
  }

  @Override
  public List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    return worker.score(adapter, requests);
  }

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
    return worker.generate(adapter, requests);
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    return worker.logits(adapter, sequences);
  }

  @Override
  public void close() {
    worker.close();
  }
}
