package dev.palimpsest.inference;

import java.util.List;
import java.util.Optional;

/**
 * Turns prompts into tokens as a model would, without the model: tokenizers and chat templates of a
 * base and of its adapters.
 */
public interface Encoder extends AutoCloseable {
  /** Returns what the prompts of the base, or of an adapter, are encoded by. */
  PromptFormat format(Optional<String> adapter);

  /**
   * Returns in a sentence where answers may run on past the end that the files mean, if they may.
   */
  Optional<String> endNote(Optional<String> adapter);

  /** Renders and tokenizes prompts for the base, or for the base with an adapter. */
  List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests);

  @Override
  void close();
}
