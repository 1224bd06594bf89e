package dev.palimpsest.ledger;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The ledger of one installation; see the package's page for its format. */
public final class Ledger {
  private static final String END = "select seq, hash from ledger_head where id = 1";

  private final Database database;

  public Ledger(Database database) {
    this.database = database;
  }

  /**
   * The end of the chain: the number and hash of the newest row; 0 and zeros where there is none.
   */
  public record Head(long seq, String hash) {}

  /** A row as it is written. */
  private record Body(
      long seq,
      String time,
      String actor,
      String via,
      String action,
      LedgerEntry.Subject object,
      SortedMap<String, String> details) {}

  /**
   * Adds an entry in a transaction that is under way; it is there if and when that is committed.
   * The transaction holds the end of the chain from now on, so this comes last in it.
   */
  public static Head append(Handle handle, LedgerEntry entry) {
    Head before = handle.createQuery(END + " for update").map((row, context) -> head(row)).one();
    long seq = before.seq() + 1;
    String body =
        CanonicalJson.text(
            new Body(
                seq,
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                entry.actor().name(),
                entry.actor().via(),
                entry.action(),
                entry.object(),
                entry.details()));
    LedgerRow row = new LedgerRow(seq, "", body);
    String hash = LedgerRow.chain(before.hash(), row.digest());
    handle.execute("insert into ledger (seq, hash, body) values (?, ?, ?)", seq, hash, body);
    handle.execute("update ledger_head set seq = ?, hash = ? where id = 1", seq, hash);
    return new Head(seq, hash);
  }

  /** Adds an entry in a transaction of its own. */
  public Head add(LedgerEntry entry) {
    return database.read(handle -> append(handle, entry));
  }

  /** Returns the end of the chain. */
  public Head head() {
    return database.read(handle -> handle.createQuery(END).map((row, context) -> head(row)).one());
  }

  /** Calls the consumer with the rows in their order. */
  public void forEach(long from, Consumer<LedgerRow> consumer) {
    database.write(
        handle ->
            handle
                .createQuery("select seq, hash, body from ledger where seq >= :from order by seq")
                .bind("from", from)
                .map((row, context) -> row(row))
                .forEach(consumer));
  }

  /** Returns the number of the first row about an object, if there is one. */
  public Optional<Long> first(String type, String id) {
    long[] found = {0};
    // The members of the object stand in this order, and nothing comes after them.
    String mark = CanonicalJson.text(Map.of("id", id, "type", type)).substring(1);
    forEach(
        1,
        row -> {
          boolean about = row.body().contains(mark);
          found[0] = found[0] == 0 && about ? row.seq() : found[0];
        });
    return Optional.of(found[0]).filter(seq -> seq > 0);
  }

  /**
   * Returns the first thing that is wrong with the chain, in a sentence: a row that does not fit
   * the one before, a gap, or an end that is not where it was.
   */
  public Optional<String> fault() {
    LedgerChain chain = new LedgerChain();
    forEach(1, chain::add);
    return chain.fault().or(() -> chain.faultOfEnd(head()));
  }

  /** Keeps a signed head. */
  public void keep(Head head, String keyId, String envelope) {
    database.write(
        handle -> {
          handle.execute(
              "delete from ledger_signature where seq = ? and key_id = ?", head.seq(), keyId);
          handle.execute(
              "insert into ledger_signature (seq, key_id, envelope, signed_at)"
                  + " values (?, ?, ?, current_timestamp)",
              head.seq(),
              keyId,
              envelope);
        });
  }

  /** Returns the signed heads, oldest first, as the envelopes they are kept in. */
  public List<String> signatures() {
    return database.read(
        handle ->
            handle
                .createQuery("select envelope from ledger_signature order by seq, key_id")
                .map((row, context) -> StoredText.read(row.getString(1)))
                .list());
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(row.getLong("seq"), row.getString("hash"));
  }

  private static LedgerRow row(ResultSet row) throws SQLException {
    return new LedgerRow(
        row.getLong("seq"), row.getString("hash"), StoredText.read(row.getString("body")));
  }
}
