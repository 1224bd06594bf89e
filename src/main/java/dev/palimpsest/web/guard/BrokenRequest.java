package dev.palimpsest.web.guard;

import java.io.EOFException;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/** Tells failures of a request's sender from failures of this program. */
public final class BrokenRequest {
  private static final int DEPTH = 8;

  private BrokenRequest() {}

  /**
   * Returns the status of a request that was not sent to its end or is no HTTP; nothing for every
   * other failure.
   */
  public static OptionalInt status(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEPTH; i++) {
      if (cause instanceof HttpException refused && refused.getCode() < 500) {
        return OptionalInt.of(refused.getCode());
      }
      if (cause instanceof TimeoutException) {
        return OptionalInt.of(408);
      }
      if (cause instanceof EOFException) {
        return OptionalInt.of(400);
      }
      cause = cause.getCause();
    }
    return OptionalInt.empty();
  }

  /** Returns the sentence for a status. */
  public static String sentence(int status) {
    return BareAnswer.sentence(status);
  }

  /** Returns what the innermost failure says, in one line. */
  public static String cause(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause.getCause() != null && i < DEPTH; i++) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
