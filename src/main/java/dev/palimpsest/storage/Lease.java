package dev.palimpsest.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Who does a piece of work that only one of several processes may do, as the columns {@code
 * lease_owner} and {@code lease_until} of its row say.
 *
 * @param owner as it named itself, normally by {@link LeaseOwner#text}; "" for nobody
 * @param until when the lease ends unless it is renewed
 */
public record Lease(String owner, Instant until) {
  /** How long a lease holds that is not renewed. */
  public static final Duration TERM = Duration.ofSeconds(60);

  /** How often whoever holds a lease renews it. */
  public static final Duration RENEWED = TERM.dividedBy(4);

  /** The lease of a row that nobody holds. */
  public static final Lease NONE = new Lease("", Instant.MIN);

  /** Reads the lease of the row that a query is at. */
  public static Lease of(ResultSet row) throws SQLException {
    String owner = row.getString("lease_owner");
    Optional<Instant> until =
        Optional.ofNullable(row.getObject("lease_until", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
    return owner == null || until.isEmpty() ? NONE : new Lease(owner, until.get());
  }

  /** Returns when a lease ends that is taken or renewed now. */
  public static OffsetDateTime endOf(Instant now) {
    return now.plus(TERM).atOffset(ZoneOffset.UTC);
  }

  /** Returns the condition that a row's lease is still this one; {@link #found} binds it. */
  public String isUnchanged() {
    return isOwned()
        ? "lease_owner = :foundOwner and lease_until = :foundUntil"
        : "lease_owner is null";
  }

  /** Returns what {@link #isUnchanged} names. */
  public Map<String, Object> found() {
    return isOwned()
        ? Map.of("foundOwner", owner, "foundUntil", until.atOffset(ZoneOffset.UTC))
        : Map.of();
  }

  /** Tells whether somebody holds it, or did until their time ran out. */
  public boolean isOwned() {
    return !owner.isEmpty();
  }

  /** Tells whether it ran out, or its process on this machine has ended: whoever looks takes it. */
  public boolean isAbandoned(Instant now) {
    return until.isBefore(now) || LeaseOwner.parse(owner).map(LeaseOwner::isGone).orElse(false);
  }
}
