package dev.palimpsest.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says, when the process is told to end before the work is done, that nothing is lost. */
final class InterruptNotice {
  private static final Logger log = LoggerFactory.getLogger(InterruptNotice.class);

  private InterruptNotice() {}

  /** Does the work; whoever interrupts it hears how it goes on. */
  static <T> T during(PrintWriter err, Supplier<T> work) {
    Thread notice = new Thread(() -> print(err));
    Runtime.getRuntime().addShutdownHook(notice);
    try {
      return work.get();
    } finally {
      withdraw(notice);
    }
  }

  private static void print(PrintWriter err) {
    err.println();
    err.println("Interrupted; what ran is kept, and the same command goes on with it.");
    err.flush();
  }

  private static void withdraw(Thread notice) {
    try {
      Runtime.getRuntime().removeShutdownHook(notice);
    } catch (IllegalStateException e) {
      log.debug("the process is ending", e);
    }
  }
}
