package dev.palimpsest.inference;

import java.util.List;

/**
 * Runs a base and a checkpoint tuned from it side by side, on the same tokens.
 *
 * <p>Results come in the order of the requests. All methods throw {@link DecoderException} or
 * {@link dev.palimpsest.checkpoint.CheckpointException} with a sentence for the user.
 */
public interface PairRunner extends AutoCloseable {
  /** Describes the loaded models. */
  PairDescription description();

  /**
   * Renders and tokenizes prompts as the tuned checkpoint does, by the base's template where it has
   * none.
   */
  List<Encoded> encode(List<EncodeRequest> requests);

  /**
   * Compares both on every token of each request's one continuation, after its context.
   *
   * @param requests with one continuation each; together at most as long as the models take
   */
  List<TextDivergence> compare(List<ScoreRequest> requests);

  /**
   * Compares both on every token of texts of any length, in rolling windows.
   *
   * @param window most tokens of a text that are computed together, at least 2
   */
  List<TextDivergence> compareTexts(List<String> texts, int window);

  /**
   * Generates by the amplified difference of the two. Each prompt has random numbers of its own, so
   * results depend neither on the batch nor on other prompts; a prompt that comes several times is
   * drawn several times.
   */
  List<Generation> amplify(Amplification how, List<GenerateRequest> requests);

  @Override
  void close();
}
