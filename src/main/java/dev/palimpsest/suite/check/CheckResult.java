package dev.palimpsest.suite.check;

import java.util.Objects;

/**
 * What a check says of a text.
 *
 * @param explanation what was found, and what was asked if that differs; no full stop
 */
public record CheckResult(boolean passed, String explanation) {
  public CheckResult {
    Objects.requireNonNull(explanation, "explanation is null");
  }

  /** Returns a pass with its reason. */
  public static CheckResult passed(String explanation) {
    return new CheckResult(true, explanation);
  }

  /** Returns a failure with its reason. */
  public static CheckResult failed(String explanation) {
    return new CheckResult(false, explanation);
  }

  static CheckResult of(boolean passed, String whenPassed, String whenFailed) {
    return new CheckResult(passed, passed ? whenPassed : whenFailed);
  }
}
