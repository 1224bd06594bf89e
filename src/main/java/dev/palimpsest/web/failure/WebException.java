package dev.palimpsest.web.failure;

import dev.palimpsest.UserFacingException;

/** A request that cannot be answered, with its HTTP status and one sentence. */
public final class WebException extends UserFacingException {
  private final int status;

  public WebException(int status, String message) {
    super(message);
    this.status = status;
  }

  public WebException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the failure of an address that leads nowhere. */
  public static WebException notFound(String message) {
    return new WebException(404, message);
  }

  /** Returns the failure of a request that makes no sense. */
  public static WebException badRequest(String message) {
    return new WebException(400, message);
  }
}
