package dev.palimpsest.worker;

import dev.palimpsest.inference.DecoderException;

/** A worker that ended, or stopped answering and was ended; another one can take over. */
public final class WorkerDiedException extends DecoderException {
  /** How the operating system reports a process that a signal ended: 128 + the signal. */
  private static final int SIGNALLED = 128;

  private static final int KILL = 9;

  private final String how;

  private WorkerDiedException(String how, String advice) {
    super("The inference worker stopped (" + how + ")" + advice + ".");
    this.how = how;
  }

  static WorkerDiedException exited(int code) {
    if (code == SIGNALLED + KILL) {
      return new WorkerDiedException(
          "signal 9",
          "; the system may have run out of memory, so close something or use bfloat16");
    }
    return new WorkerDiedException(
        code > SIGNALLED ? "signal " + (code - SIGNALLED) : "exit code " + code, "");
  }

  static WorkerDiedException silent(long seconds) {
    return new WorkerDiedException("no sign of life for " + seconds + " seconds", "");
  }

  static WorkerDiedException tooSlow(long seconds) {
    return new WorkerDiedException("one request took more than " + seconds + " seconds", "");
  }

  /** Returns how it ended, a phrase: "signal 9", "exit code 1". */
  public String how() {
    return how;
  }
}
