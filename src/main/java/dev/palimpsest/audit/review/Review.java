package dev.palimpsest.audit.review;

import dev.palimpsest.Wording;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a named person says of one answer. The program's score stays as it is.
 *
 * @param id names the review; 0 as long as it is not stored
 * @param answer it is about
 * @param act what is said
 * @param retracts the review that is taken back; set exactly where the act is RETRACTION
 * @param author the person's name as printed
 * @param reason why
 * @param at when
 */
public record Review(
    long id,
    Answer answer,
    Act act,
    OptionalLong retracts,
    String author,
    String reason,
    Instant at) {
  private static final int MAX_AUTHOR = 200;
  private static final int MAX_REASON = 4_000;

  /**
   * One item's answer on one arm.
   *
   * @param suite suite id
   * @param arm name of the base or of a tuned arm
   * @param itemId item id
   */
  public record Answer(String suite, String arm, String itemId) {
    public Answer {
      Objects.requireNonNull(suite, "suite is null");
      Objects.requireNonNull(arm, "arm is null");
      Objects.requireNonNull(itemId, "itemId is null");
    }
  }

  /** What a review says. */
  public enum Act {
    /** Something to know; the score stands. */
    NOTE,
    /** The answer is right, whatever the program's score. */
    RIGHT,
    /** The answer is wrong, whatever the program's score. */
    WRONG,
    /** An earlier review does not hold. */
    RETRACTION;

    /** Tells whether it says right or wrong. */
    public boolean isRuling() {
      return this == RIGHT || this == WRONG;
    }
  }

  public Review {
    Objects.requireNonNull(answer, "answer is null");
    Objects.requireNonNull(at, "at is null");
    if (act == null) {
      throw new ReviewException(
          "Say whether it is a note, or whether the answer is right or wrong.");
    }
    if (retracts.isPresent() != (act == Act.RETRACTION)) {
      throw new ReviewException(
          "A retraction names the review that it takes back, nothing else does.");
    }
    author = required(author, "your name");
    reason = required(reason, "a reason");
  }

  /** Makes a note or a ruling that is to be stored. */
  public static Review of(Answer answer, Act act, String author, String reason, Instant at) {
    return new Review(0, answer, act, OptionalLong.empty(), author, reason, at);
  }

  /** Makes a retraction that is to be stored. */
  public static Review retracting(
      Answer answer, long review, String author, String reason, Instant at) {
    return new Review(0, answer, Act.RETRACTION, OptionalLong.of(review), author, reason, at);
  }

  /** Returns the same as it is stored, in words by the rule of {@link Wording}. */
  Review inPlainWords() {
    return new Review(
        id,
        answer,
        act,
        retracts,
        Wording.name("reviewer's name", author, MAX_AUTHOR),
        Wording.comment("reason", reason, MAX_REASON),
        at);
  }

  private static String required(String value, String what) {
    String stripped = value == null ? "" : value.strip();
    if (stripped.isEmpty()) {
      throw new ReviewException("A review needs " + what + "; write it and save again.");
    }
    return stripped;
  }
}
