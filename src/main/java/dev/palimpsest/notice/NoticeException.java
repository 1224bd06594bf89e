package dev.palimpsest.notice;

import dev.palimpsest.UserFacingException;

/** What is wrong with where notices should go, as one sentence. */
public final class NoticeException extends UserFacingException {
  public NoticeException(String message) {
    super(message);
  }

  public NoticeException(String message, Throwable cause) {
    super(message, cause);
  }
}
