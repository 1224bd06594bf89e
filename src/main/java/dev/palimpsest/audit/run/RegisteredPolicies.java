package dev.palimpsest.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gate policies of an installation, by digest. They are added and never changed or taken away,
 * so that a report can say that its policy was there before the checkpoint was.
 */
public final class RegisteredPolicies {
  private final Database database;
  private final Clock clock;

  /** Makes a store in a database. */
  public RegisteredPolicies(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A policy and when it was registered.
   *
   * @param digest of the policy, sha256
   */
  public record Registered(String digest, Policy policy, Instant at) {}

  /** Registers a policy; one that is there keeps its time. Returns what is registered. */
  public Registered register(Policy policy) {
    return register(policy, LedgerEntry.Actor.LOCAL);
  }

  /** Registers a policy as {@link #register(Policy)} does, noting in the ledger who does it. */
  public Registered register(Policy policy, LedgerEntry.Actor by) {
    String digest = policy.digest();
    if (find(digest).isEmpty()) {
      try {
        insert(digest, policy, by);
      } catch (DuplicateException outrun) {
        // Another process registered it a moment ago; its time is the one that counts.
      }
    }
    return find(digest).orElseThrow();
  }

  private void insert(String digest, Policy policy, LedgerEntry.Actor by) {
    database.write(
        handle -> {
          handle
              .createUpdate(
                  "insert into gate_policy (digest, name, body, registered_at)"
                      + " values (:digest, :name, :body, :at)")
              .bind("digest", digest)
              .bind("name", policy.name())
              .bind("body", CanonicalJson.text(policy))
              .bind("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
              .execute();
          Ledger.append(
              handle,
              LedgerEntry.of(
                  "policy.registered",
                  by,
                  new LedgerEntry.Subject("policy", digest, digest),
                  Map.of("name", policy.name())));
        });
  }

  /** Returns the policy of a digest. */
  public Optional<Registered> find(String digest) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from gate_policy where digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** Returns all of them, newest first. */
  public List<Registered> list() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from gate_policy order by registered_at desc, digest")
                .map((row, context) -> read(row))
                .list());
  }

  private static Registered read(ResultSet row) throws SQLException {
    try {
      return new Registered(
          row.getString("digest"),
          Json.mapper().readValue(StoredText.read(row.getString("body")), Policy.class),
          row.getObject("registered_at", OffsetDateTime.class).toInstant());
    } catch (JsonProcessingException e) {
      throw new AuditException(
          "A registered policy cannot be read; it was written by another version of palimpsest.",
          e);
    }
  }
}
