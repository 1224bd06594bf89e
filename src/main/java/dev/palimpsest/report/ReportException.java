package dev.palimpsest.report;

import dev.palimpsest.UserFacingException;

/** A report could not be made or written. */
public final class ReportException extends UserFacingException {
  public ReportException(String message) {
    super(message);
  }

  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
