package dev.palimpsest.account;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The sign-offs of one installation. They are added and never changed or taken away. */
public final class SignOffs {
  private final Database database;

  public SignOffs(Database database) {
    this.database = database;
  }

  /**
   * Adds a decision. The audit's row is locked meanwhile: removing an audit locks it too and then
   * looks for decisions, so that one of the two sees the other.
   *
   * @throws SignOffException if the audit was removed
   * @throws dev.palimpsest.WordingException if the name or the comment holds what cannot be seen
   */
  public void add(SignOff typed) {
    SignOff signOff = typed.inPlainWords();
    database.write(
        handle -> {
          requireAudit(handle, signOff.auditId());
          handle
              .createUpdate(
                  "insert into sign_off (audit_id, report_digest, decision, signer,"
                      + " user_id, remark, signed_at) values (:auditId, :digest, :decision,"
                      + " :signer, :userId, :remark, :signedAt)")
              .bind("auditId", signOff.auditId())
              .bind("digest", signOff.reportDigest())
              .bind("decision", signOff.decision().name())
              .bind("signer", signOff.signer())
              .bind("userId", signOff.userId())
              .bind("remark", signOff.comment())
              .bind("signedAt", signOff.signedAt().atOffset(ZoneOffset.UTC))
              .execute();
          Ledger.append(handle, entry(signOff));
        });
  }

  private static LedgerEntry entry(SignOff signOff) {
    return LedgerEntry.of(
        "report.signed",
        signOff.isAuthenticated()
            ? LedgerEntry.Actor.signedIn(signOff.signer())
            : LedgerEntry.Actor.typed(signOff.signer()),
        new LedgerEntry.Subject("audit", signOff.auditId(), signOff.reportDigest()),
        Map.of(
            "decision",
            signOff.decision().name(),
            "comment",
            signOff.comment(),
            "signedAt",
            signOff.signedAt().toString()));
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
    return database.read(
        handle ->
            handle
                .createQuery("select * from sign_off where audit_id = :id order by id desc")
                .bind("id", auditId)
                .map((row, context) -> read(row))
                .list());
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
    return new SignOff(
        row.getString("audit_id"),
        row.getString("report_digest"),
        SignOff.Decision.valueOf(row.getString("decision")),
        StoredText.read(row.getString("signer")),
        row.getString("user_id"),
        StoredText.read(row.getString("remark")),
        row.getObject("signed_at", OffsetDateTime.class).toInstant());
  }
}
