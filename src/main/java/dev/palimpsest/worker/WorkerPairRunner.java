package dev.palimpsest.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.PairDescription;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import java.util.List;

/**
 * Two models side by side in a worker process of their own.
 *
 * <p>Every method throws {@link WorkerDiedException} when the process ends under it.
 */
public final class WorkerPairRunner implements PairRunner {
  private final WorkerProcess worker;
  private final PairDescription description;

  private WorkerPairRunner(WorkerProcess worker, PairDescription description) {
    this.worker = worker;
    this.description = description;
  }

  /** Starts a worker and has it load both models. */
  public static WorkerPairRunner start(PairSpec spec, WorkerOptions options) {
    WorkerProcess worker = WorkerProcess.start(options, options.command());
    try {
      PairDescription loaded =
          Replies.read(
              worker.call(Message.Operation.LOAD_PAIR, Arguments.LoadPair.of(spec)),
              new TypeReference<PairDescription>() {});
      return new WorkerPairRunner(worker, loaded);
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  @Override
  public PairDescription description() {
    return description;
  }

  @Override
  public List<Encoded> encode(List<EncodeRequest> requests) {
    return call(
        Message.Operation.ENCODE_PAIR,
        Arguments.EncodePair.of(requests),
        new TypeReference<List<Encoded>>() {});
  }

  @Override
  public List<TextDivergence> compare(List<ScoreRequest> requests) {
    return call(
        Message.Operation.KL,
        new Arguments.Kl(requests),
        new TypeReference<List<TextDivergence>>() {});
  }

  @Override
  public List<TextDivergence> compareTexts(List<String> texts, int window) {
    return call(
        Message.Operation.KL_TEXTS,
        new Arguments.KlTexts(texts, window),
        new TypeReference<List<TextDivergence>>() {});
  }

  @Override
  public List<Generation> amplify(Amplification how, List<GenerateRequest> requests) {
    return call(
        Message.Operation.AMPLIFY,
        new Arguments.Amplify(how, requests),
        new TypeReference<List<Generation>>() {});
  }

  private <T> T call(Message.Operation operation, Object arguments, TypeReference<T> type) {
    return Replies.read(worker.call(operation, arguments), type);
  }

  @Override
  public void close() {
    worker.close();
  }
}
