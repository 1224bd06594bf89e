package dev.palimpsest.inference;

import dev.palimpsest.UserFacingException;

/** Inference that cannot go on, as one sentence: what happened and what to do. */
public class DecoderException extends UserFacingException {
  public DecoderException(String message) {
    super(message);
  }

  public DecoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
