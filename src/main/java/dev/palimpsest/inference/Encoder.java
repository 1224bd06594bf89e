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

  /** Returns what is worth knowing of the base's tokenizer and template, or of an adapter's. */
  PromptNotes notes(Optional<String> adapter);

  /** Renders and tokenizes prompts for the base, or for the base with an adapter. */
  List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests);

  @Override
  void close();
}
