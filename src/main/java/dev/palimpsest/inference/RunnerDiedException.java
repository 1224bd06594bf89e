package dev.palimpsest.inference;

import java.util.Objects;

/** A runner whose process ended under it; another one can take over. */
public class RunnerDiedException extends DecoderException {
  private final String how;

  /**
   * Creates the failure.
   *
   * @param sentence for the user
   * @param how it ended, a phrase: "signal 9, SIGKILL", "exit code 1"
   */
  public RunnerDiedException(String sentence, String how) {
    super(sentence);
    this.how = Objects.requireNonNull(how, "how is null");
  }

  /** Returns how it ended, a phrase: "signal 9, SIGKILL", "exit code 1". */
  public final String how() {
    return how;
  }
}
