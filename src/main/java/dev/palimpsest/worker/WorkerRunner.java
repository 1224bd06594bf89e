package dev.palimpsest.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.inference.TextReading;
import java.util.List;
import java.util.Optional;

/**
 * A model in a worker process of its own.
 *
 * <p>Every method throws {@link WorkerDiedException} when the process ends under it; the runner is
 * then of no more use and another one is to be started.
 */
public final class WorkerRunner implements ModelRunner {
  private final WorkerProcess worker;
  private final ModelDescription description;

  private WorkerRunner(WorkerProcess worker, ModelDescription description) {
    this.worker = worker;
    this.description = description;
  }

  /** Starts a worker and has it load a model. */
  public static WorkerRunner start(ModelSpec spec, WorkerOptions options) {
    return start(spec, options, options.command());
  }

  /** Starts a worker by a command of its own and has it load a model. */
  static WorkerRunner start(ModelSpec spec, WorkerOptions options, List<String> command) {
    WorkerProcess worker = WorkerProcess.start(options, command);
    try {
      JsonNode loaded = worker.call(Message.Operation.LOAD, Arguments.Load.of(spec));
      return new WorkerRunner(
          worker, Replies.read(loaded, new TypeReference<ModelDescription>() {}));
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  /** Returns the operating system's number of the worker process. */
  public long pid() {
    return worker.pid();
  }

  @Override
  public ModelDescription description() {
    return description;
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    JsonNode result = worker.call(Message.Operation.ENCODE, Arguments.Encode.of(adapter, requests));
    return Replies.read(result, new TypeReference<List<Encoded>>() {});
  }

  @Override
  public List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    JsonNode result = worker.call(Message.Operation.SCORE, new Arguments.Score(adapter, requests));
    return Replies.read(result, new TypeReference<List<List<ContinuationScore>>>() {});
  }

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
    JsonNode result =
        worker.call(Message.Operation.GENERATE, new Arguments.Generate(adapter, requests));
    return Replies.read(result, new TypeReference<List<Generation>>() {});
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    JsonNode result =
        worker.call(Message.Operation.LOGITS, new Arguments.Logits(adapter, sequences));
    return Replies.read(result, new TypeReference<List<SequenceLogits>>() {});
  }

  @Override
  public List<String> pieces(Optional<String> adapter, int[] ids) {
    JsonNode result = worker.call(Message.Operation.PIECES, new Arguments.Pieces(adapter, ids));
    return Replies.read(result, new TypeReference<List<String>>() {});
  }

  @Override
  public List<TextReading> read(
      Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {
    JsonNode result =
        worker.call(Message.Operation.READ, new Arguments.Read(base, tuned, requests));
    return Replies.read(result, new TypeReference<List<TextReading>>() {});
  }

  @Override
  public void close() {
    worker.close();
  }
}
