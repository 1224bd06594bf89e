package dev.palimpsest.inference;

import java.util.Objects;

/**
 * A prompt to be continued; requests of one batch may differ in everything.
 *
 * @param promptIds at least one token
 * @param options how it is continued
 */
public record GenerateRequest(int[] promptIds, GenerateOptions options) {
  public GenerateRequest {
    Objects.requireNonNull(promptIds, "promptIds is null");
    Objects.requireNonNull(options, "options is null");
  }
}
