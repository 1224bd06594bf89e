package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** Says, when the process is told to end before the work is done, that nothing is lost. */
final class InterruptNotice {
  private InterruptNotice() {}

  /** Does the work; whoever interrupts it hears how it goes on. */
  static <T> T during(PrintWriter err, Supplier<T> work) {
    Ending.Registration notice = Ending.before(() -> print(err));
    try {
      return work.get();
    } finally {
      notice.close();
    }
  }

  private static void print(PrintWriter err) {
    err.println();
    err.println("Interrupted; what ran is kept, and the same command goes on with it.");
    err.flush();
  }
}
