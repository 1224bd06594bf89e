package dev.palimpsest.audit.label;

import dev.palimpsest.Sha256;
import java.util.Objects;

/**
 * What a label is about: an answer, or a pair of answers of the base and a tuned arm.
 *
 * @param arm whose answer it is; of a pair, the tuned one
 */
public record Target(Kind kind, String suite, String itemId, String arm) {
  private static final int KEY = 24;

  /** What is asked of people. */
  public enum Kind {
    /** A grade from 0 to 100 of one answer. */
    GRADE,
    /** Which of two answers is the better one. */
    PAIR
  }

  public Target {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(itemId, "itemId is null");
    Objects.requireNonNull(arm, "arm is null");
  }

  /**
   * Returns what stands for it in a page that must not name the arm, and by which targets are put
   * in order: mixed, and the same for everybody.
   */
  public String key(String auditId) {
    return Sha256.hex(String.join("\n", auditId, kind.name(), suite, itemId, arm))
        .substring(0, KEY);
  }

  /** Tells whether the base's answer stands on the left; says nothing of a single answer. */
  public boolean isBaseLeft(String auditId) {
    return Character.digit(key(auditId).charAt(KEY - 1), 16) % 2 == 0;
  }
}
