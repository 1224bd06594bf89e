package dev.palimpsest.decoder.kernel;

import com.sun.jna.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what native code writes to the standard error stream from the terminal for a moment.
 *
 * <p>The engine's Java binding uses a deprecated guard, of which the engine warns once per process,
 * with advice for its developers that a user can do nothing about.
 */
final class StandardError {
  private static final Logger LOG = LoggerFactory.getLogger(StandardError.class);
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private static boolean done;

  private StandardError() {}

  /** Runs the first call of the process with the stream silenced, later ones as they are. */
  static synchronized <T> T silencedOnce(Supplier<T> first) {
    int kept = done ? -1 : swap();
    done = true;
    try {
      return first.get();
    } finally {
      restore(kept);
    }
  }

  private static int swap() {
    try {
      int kept = call("dup", STANDARD_ERROR);
      int nowhere = call("open", "/dev/null", WRITE_ONLY);
      if (kept >= 0 && nowhere >= 0) {
        call("dup2", nowhere, STANDARD_ERROR);
        call("close", nowhere);
      }
      return kept;
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("No dup2 in the C library", e);
      return -1;
    }
  }

  private static void restore(int kept) {
    if (kept >= 0) {
      call("dup2", kept, STANDARD_ERROR);
      call("close", kept);
    }
  }

  private static int call(String name, Object... arguments) {
    return Function.getFunction("c", name).invokeInt(arguments);
  }
}
