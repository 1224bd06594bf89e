package dev.palimpsest.account;

import dev.palimpsest.Wording;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A named person's decision on one tuned checkpoint, by the report of one audit.
 *
 * @param auditId of the audit the report is of
 * @param reportDigest of the report that was decided on; a report with another digest is another
 *     report
 * @param checkpoint that was decided on
 * @param decision what was decided
 * @param signer the person's name as printed
 * @param userId of the user who signed in and signed; "" where a name was typed and nobody checked
 *     whose it is
 * @param comment why; needed by a rejection
 * @param terms of an approval
 * @param independence what is known of whether the signer stands apart from who asked for it
 * @param signedAt when
 * @param own what the person signed of it with a key of his or her own; nothing where the
 *     installation's key alone signs
 */
public record SignOff(
    String auditId,
    String reportDigest,
    Checkpoint checkpoint,
    Decision decision,
    String signer,
    String userId,
    String comment,
    Terms terms,
    Independence independence,
    Instant signedAt,
    Optional<OwnSignature> own) {
  /** What can be decided on a checkpoint. */
  public enum Decision {
    APPROVED("Approved"),
    /** Approved, with regressions accepted by name or a condition in words. */
    CONDITIONAL("Approved with conditions"),
    REJECTED("Rejected");

    private final String word;

    Decision(String word) {
      this.word = word;
    }

    /** Returns it as it is printed. */
    public String word() {
      return word;
    }
  }

  /** What is known of whether who decides stands apart from whose work it is. */
  public enum Independence {
    /** Neither asked for the audit nor brought the checkpoint nor waived a condition. */
    INDEPENDENT("independent"),
    /** Nobody else could have approved. */
    SELF_APPROVED("self-approved"),
    /** It is not kept who asked for the audit or brought the checkpoint. */
    NOT_RECORDED("requester not recorded"),
    /** A name was typed, and nobody checked whose it is. */
    UNAUTHENTICATED("unauthenticated");

    private final String word;

    Independence(String word) {
      this.word = word;
    }

    /** Returns it as it is printed. */
    public String word() {
      return word;
    }
  }

  /**
   * The checkpoint that is decided on.
   *
   * @param arm its name in the audit; "" for all of the audit's, as decisions once were
   * @param digest of its content, "" where arm is
   */
  public record Checkpoint(String arm, String digest) {
    /** All checkpoints of the audit. */
    public static final Checkpoint ALL = new Checkpoint("", "");

    public Checkpoint {
      Objects.requireNonNull(arm, "arm is null");
      Objects.requireNonNull(digest, "digest is null");
    }
  }

  /**
   * On what terms something is approved.
   *
   * @param accepted the regressions that are accepted, by the names of their gates and conditions
   * @param condition in words, "" for none
   * @param expires the last day on which the approval holds, in UTC
   * @param approvals of so many people the policy asks for, at least 1
   */
  public record Terms(
      List<String> accepted, String condition, Optional<LocalDate> expires, int approvals) {
    /** One approval without conditions or an end. */
    public static final Terms NONE = new Terms(List.of(), "", Optional.empty(), 1);

    public Terms {
      accepted = List.copyOf(accepted);
      Objects.requireNonNull(expires, "expires is null");
      condition = condition == null ? "" : condition.strip();
      if (condition.length() > MAX_COMMENT) {
        throw new SignOffException(
            "For a condition there are " + MAX_COMMENT + " characters; shorten it and sign again.");
      }
    }

    /** Returns the same terms where the policy asks for so many approvals. */
    public Terms of(int people) {
      return new Terms(accepted, condition, expires, people);
    }
  }

  private static final int MAX_SIGNER = 200;
  private static final int MAX_COMMENT = 10_000;

  public SignOff {
    Objects.requireNonNull(auditId, "auditId is null");
    Objects.requireNonNull(reportDigest, "reportDigest is null");
    Objects.requireNonNull(checkpoint, "checkpoint is null");
    Objects.requireNonNull(signedAt, "signedAt is null");
    Objects.requireNonNull(userId, "userId is null");
    Objects.requireNonNull(terms, "terms is null");
    Objects.requireNonNull(independence, "independence is null");
    Objects.requireNonNull(own, "own is null");
    if (decision == null) {
      throw new SignOffException("Say whether you approve or reject.");
    }
    signer = required(signer, MAX_SIGNER, "your name");
    comment = comment == null ? "" : comment.strip();
    if (decision == Decision.REJECTED || comment.length() > MAX_COMMENT) {
      comment = required(comment, MAX_COMMENT, "a comment");
    }
    if (decision == Decision.CONDITIONAL
        && terms.accepted().isEmpty()
        && terms.condition().isEmpty()) {
      throw new SignOffException(
          "An approval with conditions names the regressions that are accepted, or says a condition;"
              + " choose or write one, or approve without.");
    }
  }

  /** Makes one that the person did not sign with a key. */
  public SignOff(
      String auditId,
      String reportDigest,
      Checkpoint checkpoint,
      Decision decision,
      String signer,
      String userId,
      String comment,
      Terms terms,
      Independence independence,
      Instant signedAt) {
    this(
        auditId,
        reportDigest,
        checkpoint,
        decision,
        signer,
        userId,
        comment,
        terms,
        independence,
        signedAt,
        Optional.empty());
  }

  /** Makes a decision on all checkpoints of an audit. */
  public SignOff(
      String auditId,
      String reportDigest,
      Decision decision,
      String signer,
      String userId,
      String comment,
      Instant signedAt) {
    this(
        auditId,
        reportDigest,
        Checkpoint.ALL,
        decision,
        signer,
        userId,
        comment,
        Terms.NONE,
        unknown(userId),
        signedAt);
  }

  /** Makes one of somebody who typed a name and is known by nothing else. */
  public SignOff(
      String auditId,
      String reportDigest,
      Decision decision,
      String signer,
      String comment,
      Instant signedAt) {
    this(auditId, reportDigest, decision, signer, "", comment, signedAt);
  }

  /** Returns what is known of a decision of which it was not kept. */
  static Independence unknown(String userId) {
    return userId.isEmpty() ? Independence.UNAUTHENTICATED : Independence.NOT_RECORDED;
  }

  /** Tells whether whoever signed had signed in. */
  public boolean isAuthenticated() {
    return !userId.isEmpty();
  }

  /** Tells whether it lets the checkpoint pass, with conditions or without. */
  public boolean isApproval() {
    return decision != Decision.REJECTED;
  }

  /** Tells whether it is on all checkpoints of the audit. */
  public boolean isOnAll() {
    return checkpoint.arm().isEmpty();
  }

  /** Tells whether it is on a checkpoint of the audit, by its name there. */
  public boolean isOnArm(String arm) {
    return isOnAll() || checkpoint.arm().equals(arm);
  }

  /** Tells whether an approval holds no more. */
  public boolean isExpired(LocalDate today) {
    return terms.expires().filter(last -> last.isBefore(today)).isPresent();
  }

  /** Returns how it is known who signed, in words. */
  public String authentication() {
    return isAuthenticated() ? "account, proved anew at signing" : "typed name";
  }

  /** Returns the signer with what has to be known of him or her: "Ada Byron, self-approved". */
  public String signedBy() {
    boolean own = independence == Independence.SELF_APPROVED && isApproval();
    return own || independence == Independence.UNAUTHENTICATED
        ? signer + ", " + independence.word()
        : signer;
  }

  /** Returns the same decision as the person signed it. */
  public SignOff signed(OwnSignature signature) {
    return with(signedAt, Optional.of(signature));
  }

  private SignOff with(Instant at, Optional<OwnSignature> signature) {
    return new SignOff(
        auditId,
        reportDigest,
        checkpoint,
        decision,
        signer,
        userId,
        comment,
        terms,
        independence,
        at,
        signature);
  }

  /** Returns the day it was signed on, in UTC. */
  public LocalDate day() {
    return LocalDate.ofInstant(signedAt, ZoneOffset.UTC);
  }

  /** Returns the same decision as it is stored, in words by the rule of {@link Wording}. */
  SignOff inPlainWords() {
    return new SignOff(
        auditId,
        reportDigest,
        checkpoint,
        decision,
        Wording.name("signer's name", signer, MAX_SIGNER),
        userId,
        Wording.comment("comment", comment, MAX_COMMENT),
        new Terms(
            terms.accepted(),
            Wording.comment("condition", terms.condition(), MAX_COMMENT),
            terms.expires(),
            terms.approvals()),
        independence,
        signedAt,
        own);
  }

  /** Tells whether another one says the same, whenever and by whatever key it was signed. */
  boolean saysAs(SignOff other) {
    return equals(other.with(signedAt, own));
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
