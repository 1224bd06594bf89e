package dev.palimpsest.decision;

/** How far the decision on a tuned checkpoint is. */
public enum ArmState {
  /** The audit is not complete. */
  RUNNING("Runs", "quiet"),
  /** Nobody has decided. */
  AWAITING("Awaits review", ""),
  /** Some of the approvals that the policy asks for are there. */
  IN_REVIEW("In review", "busy"),
  APPROVED("Approved", "good"),
  CONDITIONAL("Approved with conditions", "good"),
  REJECTED("Rejected", "bad"),
  /** It was approved until a day that is over. */
  EXPIRED("Expired", ""),
  /** What was decided was decided on another report: the run, a suite or the policy changed. */
  VOID("Void: the report changed", "");

  private final String word;
  private final String tone;

  ArmState(String word, String tone) {
    this.word = word;
    this.tone = tone;
  }

  /** Returns the state as it is printed. */
  public String word() {
    return word;
  }

  /** Returns the class of its mark: "good", "bad", "busy", "quiet" or "" for none. */
  public String tone() {
    return tone;
  }

  /** Tells whether the checkpoint may be released. */
  public boolean isApproved() {
    return this == APPROVED || this == CONDITIONAL;
  }

  /** Tells whether somebody has yet to decide. */
  public boolean isWaiting() {
    return this == AWAITING || this == IN_REVIEW || this == EXPIRED || this == VOID;
  }
}
