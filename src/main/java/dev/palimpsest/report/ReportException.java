package dev.palimpsest.report;

import dev.palimpsest.UserFacingException;

/** A report could not be made or written. */
public final class ReportException extends UserFacingException {
  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
