package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/** Pairs in the database, of which each question reads the rows and columns it needs. */
final class StoredPairs implements SuitePairs {
  private static final int PORTION = 250;

  private static final String PAIRS =
      """
       from outcome b
      join outcome t on t.audit_id = b.audit_id and t.suite = b.suite and t.arm = :tuned
        and t.item_id = b.item_id
      """;

  private static final String OF_SUITE =
      " where b.audit_id = :audit and b.suite = :suite and b.arm = :base ";

  private final Database database;
  private final Audit audit;
  private final PlannedSuite suite;
  private final String tuned;
  private final Supplier<Tally> tally;

  /**
   * Makes the pairs of one suite and arm.
   *
   * @param tally gives what the outcomes come to, up to date
   */
  StoredPairs(
      Database database, Audit audit, PlannedSuite suite, String tuned, Supplier<Tally> tally) {
    this.database = database;
    this.audit = audit;
    this.suite = suite;
    this.tuned = tuned;
    this.tally = tally;
  }

  /** The rows of a pair. */
  private record Rows(long base, long tuned) {}

  @Override
  public List<PairedOutcome> all() {
    List<PairedOutcome> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }

  @Override
  public void forEach(Consumer<PairedOutcome> consumer) {
    List<Rows> rows = rows("", List.of());
    for (int from = 0; from < rows.size(); from += PORTION) {
      read(rows.subList(from, Math.min(rows.size(), from + PORTION))).forEach(consumer);
    }
  }

  @Override
  public List<PairBrief> briefs() {
    return tally.get().briefs(suite.suite(), tuned);
  }

  /** What a column escapes (NUL, halves of surrogate pairs) counts as it is stored. */
  @Override
  public Map<String, Integer> promptLengths() {
    return database.read(
        handle -> {
          Map<String, Integer> lengths = new HashMap<>();
          handle
              .createQuery(
                  "select b.item_id, char_length(p.body) as n from outcome b"
                      + " join text_body p on p.text_key = b.prompt_key"
                      + OF_SUITE)
              .bind("audit", audit.id())
              .bind("suite", suite.suite())
              .bind("base", audit.plan().base().name())
              .map((row, context) -> Map.entry(row.getString("item_id"), row.getInt("n")))
              .forEach(entry -> lengths.put(entry.getKey(), entry.getValue()));
          return lengths;
        });
  }

  @Override
  public List<PairedOutcome> of(Collection<String> itemIds) {
    if (itemIds.isEmpty()) {
      return List.of();
    }
    return read(rows(" and b.item_id in (<items>)", List.copyOf(itemIds)));
  }

  @Override
  public Map<PairedOutcome.Change, Integer> counts() {
    return tally.get().counts(suite.suite(), tuned);
  }

  /** Returns the rows of pairs in plan order. */
  private List<Rows> rows(String condition, List<String> itemIds) {
    String sql =
        "select b.id as base_id, t.id as tuned_id"
            + PAIRS
            + OF_SUITE
            + condition
            + " order by b.place, b.id";
    return database.read(
        handle -> {
          Query query =
              handle
                  .createQuery(sql)
                  .bind("audit", audit.id())
                  .bind("suite", suite.suite())
                  .bind("base", audit.plan().base().name())
                  .bind("tuned", tuned);
          return (itemIds.isEmpty() ? query : query.bindList("items", itemIds))
              .map((row, context) -> rows(row))
              .list();
        });
  }

  private static Rows rows(ResultSet row) throws SQLException {
    return new Rows(row.getLong("base_id"), row.getLong("tuned_id"));
  }

  private List<PairedOutcome> read(List<Rows> rows) {
    List<Long> ids = rows.stream().flatMap(pair -> Stream.of(pair.base, pair.tuned)).toList();
    Map<Long, Outcome> outcomes = database.read(handle -> AuditStore.outcomes(handle, ids));
    return rows.stream()
        .map(pair -> new PairedOutcome(outcomes.get(pair.base), outcomes.get(pair.tuned)))
        .toList();
  }
}
