package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;

/** A request that cannot be answered, with its HTTP status and one sentence. */
public final class WebException extends UserFacingException {
  private final int status;

  public WebException(int status, String message) {
    super(message);
    this.status = status;
  }

  WebException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  static WebException notFound(String message) {
    return new WebException(404, message);
  }

  static WebException badRequest(String message) {
    return new WebException(400, message);
  }
}
