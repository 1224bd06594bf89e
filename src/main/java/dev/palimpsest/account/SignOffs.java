package dev.palimpsest.account;

import dev.palimpsest.Sha256;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The sign-offs of one installation. They are added and never changed or taken away.
 *
 * <p>A person's decisions on one checkpoint of one report are numbered, and each number is there
 * once: what is sent twice, by a double click or after a process was killed, is added once.
 */
public final class SignOffs {
  private static final String NEW =
      """
      insert into sign_off (audit_id, report_digest, arm, arm_digest, decision, signer, user_id,
        remark, accepted, condition_text, expires_on, approvals, independence, turn, signed_at,
        own_key, own_statement, own_signature)
      values (:audit, :report, :arm, :armDigest, :decision, :signer, :user, :remark, :accepted,
        :condition, cast(:expires as date), :approvals, :independence, :turn, :signedAt,
        :ownKey, :ownStatement, :ownSignature)
      """;

  private static final String OF_PERSON =
      " from sign_off where audit_id = :audit and report_digest = :report and arm = :arm"
          + " and user_id = :user";

  private final Database database;

  public SignOffs(Database database) {
    this.database = database;
  }

  /**
   * Adds a decision as the person's next one. The audit's row is locked meanwhile: removing an
   * audit locks it too and then looks for decisions, so that one of the two sees the other.
   *
   * @throws SignOffException if the audit was removed
   * @throws dev.palimpsest.WordingException if the name or the comment holds what cannot be seen
   */
  public void add(SignOff typed) {
    SignOff signOff = typed.inPlainWords();
    database.write(
        handle -> {
          requireAudit(handle, signOff.auditId());
          insert(handle, signOff, turn(handle, signOff));
        });
  }

  /** How a person signs a decision that is about to be added. */
  public interface Signing {
    /**
     * Signs a decision, or leaves that to the installation's key.
     *
     * @param decision as it will be kept, in words and with its time
     * @param all decisions on the audit, newest first, this one among them
     */
    Optional<OwnSignature> sign(SignOff decision, List<SignOff> all);
  }

  /** Adds a decision that the person does not sign with a key, if it is not there. */
  public boolean add(SignOff typed, long turn) {
    return add(typed, turn, (decision, all) -> Optional.empty());
  }

  /**
   * Adds a decision, if it is not there.
   *
   * @param turn the number that {@link #turn} said when the person was asked
   * @param signing is asked once, if it is not there
   * @return false if it was there already, as it is sent again
   * @throws SignOffException if the audit was removed, or another decision was made meanwhile
   * @throws dev.palimpsest.WordingException if the name or the comment holds what cannot be seen
   */
  public boolean add(SignOff typed, long turn, Signing signing) {
    SignOff signOff = typed.inPlainWords();
    return database.read(
        handle -> {
          requireAudit(handle, signOff.auditId());
          Optional<SignOff> there = at(handle, signOff, turn);
          if (there.filter(signOff::saysAs).isPresent()) {
            return false;
          }
          if (there.isPresent() || turn != turn(handle, signOff)) {
            throw new SignOffException(
                "This checkpoint was decided on since you opened the page; read the decision, then"
                    + " sign again if yours is another.");
          }
          List<SignOff> all = new ArrayList<>(List.of(signOff));
          all.addAll(of(handle, signOff.auditId()));
          insert(handle, signing.sign(signOff, all).map(signOff::signed).orElse(signOff), turn);
          return true;
        });
  }

  /** Returns the number of the next decision of a person on a checkpoint of a report. */
  public long turn(String auditId, String reportDigest, String arm, String userId) {
    return database.read(handle -> turn(handle, auditId, reportDigest, arm, userId));
  }

  private static long turn(Handle handle, SignOff of) {
    return turn(handle, of.auditId(), of.reportDigest(), of.checkpoint().arm(), of.userId());
  }

  private static long turn(
      Handle handle, String auditId, String reportDigest, String arm, String userId) {
    return handle
        .createQuery("select coalesce(max(turn) + 1, 0)" + OF_PERSON)
        .bind("audit", auditId)
        .bind("report", reportDigest)
        .bind("arm", arm)
        .bind("user", userId)
        .mapTo(Long.class)
        .one();
  }

  private static Optional<SignOff> at(Handle handle, SignOff like, long turn) {
    return handle
        .createQuery("select *" + OF_PERSON + " and turn = :turn")
        .bind("audit", like.auditId())
        .bind("report", like.reportDigest())
        .bind("arm", like.checkpoint().arm())
        .bind("user", like.userId())
        .bind("turn", turn)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static void insert(Handle handle, SignOff signOff, long turn) {
    handle
        .createUpdate(NEW)
        .bind("audit", signOff.auditId())
        .bind("report", signOff.reportDigest())
        .bind("arm", signOff.checkpoint().arm())
        .bind("armDigest", signOff.checkpoint().digest())
        .bind("decision", signOff.decision().name())
        .bind("signer", signOff.signer())
        .bind("user", signOff.userId())
        .bind("remark", signOff.comment())
        .bind("accepted", String.join("\n", signOff.terms().accepted()))
        .bind("condition", signOff.terms().condition())
        .bind("expires", signOff.terms().expires().map(LocalDate::toString).orElse(null))
        .bind("approvals", signOff.terms().approvals())
        .bind("independence", signOff.independence().name())
        .bind("turn", turn)
        .bind("signedAt", signOff.signedAt().atOffset(ZoneOffset.UTC))
        .bind("ownKey", signOff.own().map(OwnSignature::keyId).orElse(""))
        .bind("ownStatement", signOff.own().map(OwnSignature::statement).orElse(""))
        .bind("ownSignature", signOff.own().map(OwnSignature::signature).orElse(""))
        .execute();
    Ledger.append(handle, entry(signOff));
  }

  private static LedgerEntry entry(SignOff signOff) {
    Map<String, String> details = new TreeMap<>();
    details.put("decision", signOff.decision().name());
    details.put("comment", signOff.comment());
    details.put("signedAt", signOff.signedAt().toString());
    details.put("independence", signOff.independence().name());
    signOff
        .own()
        .ifPresent(
            own -> {
              details.put("key", own.keyId());
              details.put("statement", Sha256.hex(own.statement()));
            });
    if (!signOff.isOnAll()) {
      details.put("checkpoint", signOff.checkpoint().arm());
      details.put("checkpointDigest", signOff.checkpoint().digest());
      details.put("approvalsNeeded", Integer.toString(signOff.terms().approvals()));
    }
    if (signOff.isAuthenticated()) {
      details.put("user", signOff.userId());
    }
    if (!signOff.terms().accepted().isEmpty()) {
      details.put("accepted", String.join(", ", signOff.terms().accepted()));
    }
    if (!signOff.terms().condition().isEmpty()) {
      details.put("condition", signOff.terms().condition());
    }
    signOff.terms().expires().ifPresent(last -> details.put("expires", last.toString()));
    return LedgerEntry.of(
        "report.signed",
        signOff.isAuthenticated()
            ? LedgerEntry.Actor.signedIn(signOff.signer())
            : LedgerEntry.Actor.typed(signOff.signer()),
        new LedgerEntry.Subject("audit", signOff.auditId(), signOff.reportDigest()),
        details);
  }

  private static void requireAudit(Handle handle, String id) {
    boolean there =
        handle
            .createQuery("select id from audit where id = :id for update")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (!there) {
      throw new SignOffException("The audit was removed; there is nothing left to sign.");
    }
  }

  /** Returns every decision on an audit's reports, newest first. */
  public List<SignOff> of(String auditId) {
    return database.read(handle -> of(handle, auditId));
  }

  private static List<SignOff> of(Handle handle, String auditId) {
    return handle
        .createQuery("select * from sign_off where audit_id = :id order by id desc")
        .bind("id", auditId)
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns every decision on some audits' reports by audit, newest first. */
  public Map<String, List<SignOff>> of(Collection<String> auditIds) {
    if (auditIds.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery("select * from sign_off where audit_id in (<ids>) order by id desc")
                .bindList("ids", List.copyOf(auditIds))
                .map((row, context) -> read(row))
                .stream()
                .collect(Collectors.groupingBy(SignOff::auditId)));
  }

  /** Returns the newest decision on an audit's reports, whichever of them it is on. */
  public Optional<SignOff> latest(String auditId) {
    return of(auditId).stream().findFirst();
  }

  private static SignOff read(ResultSet row) throws SQLException {
    String userId = row.getString("user_id");
    String independence = row.getString("independence");
    return new SignOff(
        row.getString("audit_id"),
        row.getString("report_digest"),
        new SignOff.Checkpoint(StoredText.read(row.getString("arm")), row.getString("arm_digest")),
        SignOff.Decision.valueOf(row.getString("decision")),
        StoredText.read(row.getString("signer")),
        userId,
        StoredText.read(row.getString("remark")),
        terms(row),
        independence.isEmpty()
            ? SignOff.unknown(userId)
            : SignOff.Independence.valueOf(independence),
        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
        own(row));
  }

  private static Optional<OwnSignature> own(ResultSet row) throws SQLException {
    String key = row.getString("own_key");
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OwnSignature(
                key,
                StoredText.read(row.getString("own_statement")),
                row.getString("own_signature")));
  }

  private static SignOff.Terms terms(ResultSet row) throws SQLException {
    String accepted = StoredText.read(row.getString("accepted"));
    return new SignOff.Terms(
        accepted.isEmpty() ? List.of() : Arrays.asList(accepted.split("\n", -1)),
        StoredText.read(row.getString("condition_text")),
        Optional.ofNullable(row.getObject("expires_on", LocalDate.class)),
        row.getInt("approvals"));
  }
}
