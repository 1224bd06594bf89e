package dev.palimpsest.cli;

import dev.palimpsest.UserFacingException;

/** A folder that nothing can be written to, as one sentence. */
final class OutputException extends UserFacingException {
  OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
