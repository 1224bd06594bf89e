package dev.palimpsest.inference;

import java.util.List;
import java.util.Optional;

/**
 * Runs one loaded model: in this process, in a worker process, or behind an endpoint.
 *
 * <p>{@code adapter} names one of the {@link ModelSpec#adapters()}, maybe at a scale ({@link
 * AdapterAtScale}); empty means the base alone. Results come in the order of the requests, and in
 * float32 do not depend on what else is in the batch. All methods throw {@link DecoderException} or
 * {@link dev.palimpsest.checkpoint.CheckpointException} with a sentence for the user.
 */
public interface ModelRunner extends AutoCloseable {
  /** Describes the loaded model. */
  ModelDescription description();

  /** Renders and tokenizes prompts, through an adapter's own template where it brings one. */
  List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests);

  /** Scores continuations, packing those that share a context. */
  List<List<ContinuationScore>> score(Optional<String> adapter, List<ScoreRequest> requests);

  /** Generates from token ids, stopping each prompt at the end tokens or at its own limit. */
  List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests);

  /** Generates from all prompts in the same manner. */
  default List<Generation> generate(
      Optional<String> adapter, List<int[]> promptIds, GenerateOptions options) {
    return generate(
        adapter, promptIds.stream().map(ids -> new GenerateRequest(ids, options)).toList());
  }

  /** Computes logits on whole sequences, for comparison with other implementations. */
  List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences);

  /**
   * Returns the text that each token adds to those before it; joined they are the text of the ids.
   * A token that ends within a character adds nothing, the last one of the character all of it.
   *
   * @throws DecoderException if this runner has no tokenizer to ask
   */
  default List<String> pieces(Optional<String> adapter, int[] ids) {
    throw new DecoderException("This model's tokens cannot be told as text; load it in a worker.");
  }

  /**
   * Has several models over the loaded weights read each request's one continuation, after its
   * context, and compares them on every token.
   *
   * @param base the adapter of the one that the others are compared with, or none for the weights
   *     alone
   * @param tuned the adapters of the others, at least one
   * @param requests with one continuation each; together at most as long as the model takes
   * @throws DecoderException if this runner gives no distribution over all tokens
   */
  default List<TextReading> read(
      Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {
    throw new DecoderException(
        "This model tells no probabilities of all tokens; load it in a worker.");
  }

  @Override
  void close();
}
