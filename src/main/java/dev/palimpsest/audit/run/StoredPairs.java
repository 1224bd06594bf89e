package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairFilter;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Pairs in the database, of which each question reads the rows and columns it needs. */
final class StoredPairs implements SuitePairs {
  private static final int PORTION = 250;

  private static final String CHANGE =
      """
      case when b.state <> 'SCORED' or t.state <> 'SCORED' then 'NOT_COMPARABLE'
        when b.score >= 0.5 and t.score >= 0.5 then 'BOTH_RIGHT'
        when b.score >= 0.5 then 'LOST'
        when t.score >= 0.5 then 'GAINED'
        else 'BOTH_WRONG' end
      """;

  private static final String PAIRS =
      """
       from outcome b
      join outcome t on t.audit_id = b.audit_id and t.suite = b.suite and t.arm = :tuned
        and t.item_id = b.item_id
      """;

  private static final String TEXTS =
      """
      join text_body prompt on prompt.text_key = b.prompt_key
      join text_body answer on answer.text_key = b.output_key
      join text_body other on other.text_key = t.output_key
      """;

  private static final String OF_SUITE =
      " where b.audit_id = :audit and b.suite = :suite and b.arm = :base ";

  private static final String CONTAINS =
      """
       and (position(:text in lower(b.item_id)) > 0 or position(:text in lower(prompt.body)) > 0
        or position(:text in lower(answer.body)) > 0 or position(:text in lower(other.body)) > 0)
      """;

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
    List<Rows> rows = rows(new PairFilter(Optional.empty(), ""), 0, Integer.MAX_VALUE);
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
    List<Rows> rows =
        database.read(
            handle ->
                bound(
                        handle,
                        "select b.id as base_id, t.id as tuned_id"
                            + PAIRS
                            + OF_SUITE
                            + " and b.item_id in (<items>) order by b.place, b.id",
                        "")
                    .bindList("items", List.copyOf(itemIds))
                    .map((row, context) -> rows(row))
                    .list());
    return read(rows);
  }

  @Override
  public Map<PairedOutcome.Change, Integer> counts(String text) {
    PairFilter filter = new PairFilter(Optional.empty(), text);
    if (filter.text().isEmpty()) {
      return tally.get().counts(suite.suite(), tuned);
    }
    String sql =
        "select c, count(*) as n from (select "
            + CHANGE
            + " as c"
            + from(filter.text())
            + ") x group by c";
    return database.read(
        handle -> {
          Map<PairedOutcome.Change, Integer> counts = new EnumMap<>(PairedOutcome.Change.class);
          filtered(handle, sql, filter)
              .map((row, context) -> Map.entry(change(row.getString("c")), row.getInt("n")))
              .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
          return counts;
        });
  }

  @Override
  public List<PairedOutcome> page(PairFilter filter, int from, int size) {
    return read(rows(filter, from, size));
  }

  @Override
  public Place place(PairFilter filter, String itemId) {
    String listed =
        "select b.item_id as id, b.place as place" + from(filter.text()) + changeIs(filter);
    int place = suite.itemIds().indexOf(itemId);
    String sql =
        "select count(*) as n, coalesce(max(case when place = :place then 1 else 0 end), 0) as here,"
            + " coalesce(sum(case when place < :place then 1 else 0 end), 0) as smaller,"
            + " coalesce(max(case when place < :place then place end), -1) as previous,"
            + " coalesce(min(case when place > :place then place end), -1) as next from ("
            + listed
            + ") x";
    return database.read(
        handle ->
            filtered(handle, sql, filter)
                .bind("place", place)
                .map((row, context) -> place(row))
                .one());
  }

  private Place place(ResultSet row) throws SQLException {
    boolean here = row.getInt("here") == 1;
    return new Place(
        here ? row.getInt("smaller") + 1 : 0,
        row.getInt("n"),
        here ? item(row.getInt("previous")) : "",
        here ? item(row.getInt("next")) : "");
  }

  private String item(int place) {
    return place < 0 || place >= suite.itemIds().size() ? "" : suite.itemIds().get(place);
  }

  private List<Rows> rows(PairFilter filter, int from, int size) {
    String sql =
        "select b.id as base_id, t.id as tuned_id"
            + from(filter.text())
            + changeIs(filter)
            + " order by b.place, b.id offset :from rows fetch next :size rows only";
    return database.read(
        handle ->
            filtered(handle, sql, filter)
                .bind("from", from)
                .bind("size", size)
                .map((row, context) -> rows(row))
                .list());
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

  private static String from(String text) {
    return text.isEmpty() ? PAIRS + OF_SUITE : PAIRS + TEXTS + OF_SUITE + CONTAINS;
  }

  private static String changeIs(PairFilter filter) {
    return filter.change().isEmpty() ? "" : " and " + CHANGE + " = :change";
  }

  private Query filtered(Handle handle, String sql, PairFilter filter) {
    Query query = bound(handle, sql, filter.text());
    filter.change().ifPresent(change -> query.bind("change", change.name()));
    return query;
  }

  private Query bound(Handle handle, String sql, String text) {
    Query query =
        handle
            .createQuery(sql)
            .bind("audit", audit.id())
            .bind("suite", suite.suite())
            .bind("base", audit.plan().base().name())
            .bind("tuned", tuned);
    return text.isEmpty() ? query : query.bind("text", text);
  }

  private static PairedOutcome.Change change(String name) {
    return PairedOutcome.Change.valueOf(name);
  }
}
