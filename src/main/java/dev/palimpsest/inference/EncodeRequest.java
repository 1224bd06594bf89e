package dev.palimpsest.inference;

import java.util.List;
import java.util.Objects;

/**
 * A prompt to render and tokenize, with the continuations to be scored after it ([] for a
 * generation).
 *
 * @param prompt the context
 * @param continuations texts that follow the context directly, leading space included
 */
public record EncodeRequest(Prompt prompt, List<String> continuations) {
  public EncodeRequest {
    Objects.requireNonNull(prompt, "prompt is null");
    continuations = List.copyOf(continuations);
  }
}
