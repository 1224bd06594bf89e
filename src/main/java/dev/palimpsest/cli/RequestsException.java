package dev.palimpsest.cli;

import dev.palimpsest.UserFacingException;

/** A requests file that cannot be used, naming the file, the line and the field. */
final class RequestsException extends UserFacingException {
  RequestsException(String message) {
    super(message);
  }

  RequestsException(String message, Throwable cause) {
    super(message, cause);
  }
}
