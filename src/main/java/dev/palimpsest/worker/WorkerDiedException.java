package dev.palimpsest.worker;

import dev.palimpsest.inference.RunnerDiedException;
import java.util.Optional;

/** A worker that ended, or stopped answering and was ended; another one can take over. */
public final class WorkerDiedException extends RunnerDiedException {
  private static final String OUT_OF_MEMORY = ", so close something or use bfloat16";

  private WorkerDiedException(String how, String advice) {
    super("The inference worker stopped (" + how + ")" + advice + ".", how);
  }

  /** It ended with an exit code, after words that Java had in its crash, if there were any. */
  static WorkerDiedException exited(int code, LastWords words) {
    if (words.memoryRanOut()) {
      return new WorkerDiedException("memory ran out", OUT_OF_MEMORY);
    }
    Optional<Signal> signal = Signal.ofExitCode(code).map(ending -> ending.orHitBy(words.signal()));
    return signal
        .map(found -> new WorkerDiedException(found.words(), advice(found)))
        .orElseGet(() -> new WorkerDiedException("exit code " + code, ""));
  }

  private static String advice(Signal signal) {
    if (signal.isKill()) {
      return "; the system has probably run out of memory" + OUT_OF_MEMORY;
    }
    return signal.isCrash() ? "; native code crashed, which is no fault of the items" : "";
  }

  static WorkerDiedException silent(long seconds) {
    return new WorkerDiedException("no sign of life for " + seconds + " seconds", "");
  }

  static WorkerDiedException tooSlow(long seconds) {
    return new WorkerDiedException("one request took more than " + seconds + " seconds", "");
  }
}
