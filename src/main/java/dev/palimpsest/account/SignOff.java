package dev.palimpsest.account;

import dev.palimpsest.Wording;
import java.time.Instant;
import java.util.Objects;

/**
 * A named person's decision on a report.
 *
 * @param auditId of the audit the report is of
 * @param reportDigest of the report that was decided on; a report with another digest is another
 *     report
 * @param decision what was decided
 * @param signer the person's name as printed
 * @param userId of the user who signed in and signed; "" where a name was typed and nobody checked
 *     whose it is
 * @param comment why
 * @param signedAt when
 */
public record SignOff(
    String auditId,
    String reportDigest,
    Decision decision,
    String signer,
    String userId,
    String comment,
    Instant signedAt) {
  /** What can be decided on a report. */
  public enum Decision {
    APPROVED,
    REJECTED
  }

  private static final int MAX_SIGNER = 200;
  private static final int MAX_COMMENT = 10_000;

  public SignOff {
    Objects.requireNonNull(auditId, "auditId is null");
    Objects.requireNonNull(reportDigest, "reportDigest is null");
    Objects.requireNonNull(signedAt, "signedAt is null");
    Objects.requireNonNull(userId, "userId is null");
    if (decision == null) {
      throw new SignOffException("Say whether you approve or reject.");
    }
    signer = required(signer, MAX_SIGNER, "your name");
    comment = required(comment, MAX_COMMENT, "a comment");
  }

  /** Makes a decision of somebody who typed a name and is known by nothing else. */
  public SignOff(
      String auditId,
      String reportDigest,
      Decision decision,
      String signer,
      String comment,
      Instant signedAt) {
    this(auditId, reportDigest, decision, signer, "", comment, signedAt);
  }

  /** Tells whether whoever signed had signed in. */
  public boolean isAuthenticated() {
    return !userId.isEmpty();
  }

  /** Returns how it is known who signed, in words. */
  public String authentication() {
    return isAuthenticated() ? "account with password and authenticator" : "typed name";
  }

  /** Returns the same decision as it is stored, in words by the rule of {@link Wording}. */
  SignOff inPlainWords() {
    return new SignOff(
        auditId,
        reportDigest,
        decision,
        Wording.name("signer's name", signer, MAX_SIGNER),
        userId,
        Wording.comment("comment", comment, MAX_COMMENT),
        signedAt);
  }

  /** Tells whether it is a decision on the report with the given digest. */
  public boolean isOn(String digest) {
    return reportDigest.equals(digest);
  }

  private static String required(String value, int max, String what) {
    String stripped = value == null ? "" : value.strip();
    if (stripped.isEmpty()) {
      throw new SignOffException("A sign-off needs " + what + "; write it and sign again.");
    }
    if (stripped.length() > max) {
      throw new SignOffException(
          "For " + what + " there are " + max + " characters; shorten it and sign again.");
    }
    return stripped;
  }
}
