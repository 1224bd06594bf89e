package dev.palimpsest.account;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.StoredText;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What the ledger says of people, in the transaction in which it happens. */
final class UserEntry {
  private UserEntry() {}

  private record Names(String name, String printed) {}

  /**
   * Notes what is done to a user; as every entry it comes last in its transaction.
   *
   * @param details beside the name by which the user signs in
   */
  static void append(
      Handle handle, LedgerEntry.Actor by, String action, String id, Map<String, String> details) {
    append(handle, by, action, id, names(handle, id), details);
  }

  /** Notes what a user does to himself or herself, known by something else than a session. */
  static void appendOwn(
      Handle handle, String via, String action, String id, Map<String, String> details) {
    Names names = names(handle, id);
    append(handle, new LedgerEntry.Actor(names.printed(), via), action, id, names, details);
  }

  private static void append(
      Handle handle,
      LedgerEntry.Actor by,
      String action,
      String id,
      Names names,
      Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put("name", names.name());
    Ledger.append(handle, LedgerEntry.of(action, by, new LedgerEntry.Subject("user", id, ""), all));
  }

  private static Names names(Handle handle, String id) {
    return handle
        .createQuery("select name, printed_name from account_user where id = :id")
        .bind("id", id)
        .map((row, at) -> new Names(row.getString(1), StoredText.read(row.getString(2))))
        .one();
  }
}
