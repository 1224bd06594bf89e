package dev.palimpsest.decoder;

import java.util.List;
import java.util.Optional;

/**
 * Runs one loaded model: in this process, in a worker process, or behind an endpoint.
 *
 * <p>{@code adapter} names one of the {@link ModelSpec#adapters()}; empty means the base alone.
 * Results come in the order of the requests, and in float32 do not depend on what else is in the
 * batch. All methods throw {@link DecoderException} or {@link
 * dev.palimpsest.checkpoint.CheckpointException} with a sentence for the user.
 */
public interface ModelRunner extends AutoCloseable {
  /** Describes the loaded model. */
  ModelDescription description();

  /** Renders and tokenizes prompts. */
  List<Encoded> encode(List<EncodeRequest> requests);

  /** Scores continuations, packing those that share a context. */
  List<List<ContinuationScore>> score(Optional<String> adapter, List<ScoreRequest> requests);

  /** Generates from token ids, stopping each prompt at the checkpoint's end tokens. */
  List<Generation> generate(
      Optional<String> adapter, List<int[]> promptIds, GenerateOptions options);

  /** Computes logits on whole sequences, for comparison with other implementations. */
  List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences);

  @Override
  void close();
}
