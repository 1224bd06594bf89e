package dev.palimpsest.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.audit.plan.SuiteHistory;
import dev.palimpsest.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What finished audits saw on a base: how many items tunes turned there, and how much the base has
 * right. A tuned checkpoint that was audited several times counts once, as it was last seen.
 */
public final class BaseHistory {
  private static final int AUDITS_READ = 20;
  private static final int AUDITS_KEPT = 100;
  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

  private static final String AUDITS =
      """
      select id, base_name, tuned_names from audit
      where base_digest = :base and finished_at is not null
      order by frozen_at desc, id fetch first %d rows only
      """
          .formatted(AUDITS_READ);

  private static final String COUNTS =
      """
      select b.suite, t.arm, count(*) as n,
        sum(case when b.score >= 0.5 then 1 else 0 end) as base_right,
        sum(case when b.score >= 0.5 and t.score < 0.5 or b.score < 0.5 and t.score >= 0.5
          then 1 else 0 end) as changed
      from outcome b
      join outcome t on t.audit_id = b.audit_id and t.suite = b.suite and t.item_id = b.item_id
      where b.audit_id = :audit and b.arm = :base and t.arm <> :base
        and b.state = 'SCORED' and t.state = 'SCORED'
      group by b.suite, t.arm
      """;

  private final Database database;
  private final Recent<Line, List<Counts>> counted = new Recent<>(AUDITS_KEPT);

  /** Reads the audits of a database. */
  public BaseHistory(Database database) {
    this.database = database;
  }

  private record Line(String id, String base, Set<String> tuned) {}

  private record Counts(String suite, String tuned, int n, int right, int changed) {}

  /**
   * Returns what was seen, by suite.
   *
   * @param digest of the base
   */
  public Map<String, SuiteHistory> of(String digest) {
    Map<String, Map<String, Counts>> newest = new TreeMap<>();
    for (Line line : lines(digest)) {
      for (Counts counts : counted.computeIfAbsent(line, this::count)) {
        newest
            .computeIfAbsent(counts.suite, suite -> new HashMap<>())
            .putIfAbsent(counts.tuned, counts);
      }
    }
    Map<String, SuiteHistory> seen = new TreeMap<>();
    newest.forEach((suite, tunes) -> seen.put(suite, history(suite, List.copyOf(tunes.values()))));
    return seen;
  }

  private static SuiteHistory history(String suite, List<Counts> tunes) {
    List<Double> shares =
        tunes.stream()
            .map(one -> (double) one.changed / one.n)
            .sorted(Comparator.naturalOrder())
            .toList();
    int middle = shares.size() / 2;
    double median =
        shares.size() % 2 == 1
            ? shares.get(middle)
            : (shares.get(middle - 1) + shares.get(middle)) / 2;
    int n = tunes.stream().mapToInt(Counts::n).sum();
    int right = tunes.stream().mapToInt(Counts::right).sum();
    return new SuiteHistory(
        suite, tunes.size(), median, shares.get(shares.size() - 1), (double) right / n);
  }

  private List<Line> lines(String digest) {
    return database.read(
        handle ->
            handle
                .createQuery(AUDITS)
                .bind("base", digest)
                .map((row, context) -> line(row))
                .list());
  }

  private static Line line(ResultSet row) throws SQLException {
    Set<String> tuned = new HashSet<>();
    try {
      tuned.addAll(Json.mapper().readValue(row.getString("tuned_names"), NAMES));
    } catch (JsonProcessingException unreadable) {
      // An audit that nobody can name has nothing to say.
    }
    return new Line(row.getString("id"), row.getString("base_name"), tuned);
  }

  /** The base again, which measures rounding, is no tune. */
  private List<Counts> count(Line line) {
    List<Counts> counts =
        database.read(
            handle ->
                handle
                    .createQuery(COUNTS)
                    .bind("audit", line.id)
                    .bind("base", line.base)
                    .map(
                        (row, context) ->
                            new Counts(
                                row.getString("suite"),
                                row.getString("arm"),
                                row.getInt("n"),
                                row.getInt("base_right"),
                                row.getInt("changed")))
                    .list());
    List<Counts> tunes = new ArrayList<>(counts);
    tunes.removeIf(one -> !line.tuned.contains(one.tuned));
    return tunes;
  }
}
