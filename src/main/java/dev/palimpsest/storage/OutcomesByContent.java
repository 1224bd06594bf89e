package dev.palimpsest.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Moves the outcomes of version 11 into the tables of version 20. The keys of texts are digests,
 * which H2 and PostgreSQL compute by functions of different names, so that SQL alone cannot do it.
 */
final class OutcomesByContent implements JavaMigration {
  private static final int BATCH = 500;

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("021");
  }

  @Override
  public String getDescription() {
    return "outcomes by content";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    clear(connection);
    Map<String, Map<String, Map<String, Integer>>> places = nameAudits(connection);
    try (Mover mover = new Mover(connection, places);
        PreparedStatement all =
            connection.prepareStatement(
                "select * from outcome_with_texts order by audit_id, arm, suite, item_id")) {
      all.setFetchSize(BATCH);
      ResultSet rows = all.executeQuery();
      while (rows.next()) {
        mover.move(rows);
      }
      mover.flush();
      mover.restartIds();
    }
  }

  /** What an earlier try left behind, before it was interrupted, is made again. */
  private static void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : List.of("outcome_detail", "outcome", "text_body")) {
        statement.executeUpdate("delete from " + table);
      }
    }
  }

  /** Copies names out of the plans; returns the place of each item by audit and suite. */
  private static Map<String, Map<String, Map<String, Integer>>> nameAudits(Connection connection)
      throws SQLException, JsonProcessingException {
    Map<String, Map<String, Map<String, Integer>>> places = new HashMap<>();
    try (PreparedStatement audits = connection.prepareStatement("select id, plan from audit");
        PreparedStatement named =
            connection.prepareStatement(
                "update audit set title = ?, base_name = ?, tuned_names = ?, planned = ?"
                    + " where id = ?")) {
      ResultSet rows = audits.executeQuery();
      while (rows.next()) {
        JsonNode plan = Json.mapper().readTree(rows.getString("plan"));
        Map<String, Map<String, Integer>> bySuite = places(plan);
        places.put(rows.getString("id"), bySuite);
        named.setString(1, plan.path("name").asText());
        named.setString(2, plan.path("base").path("name").asText());
        named.setString(
            3, Json.mapper().valueToTree(plan.path("tuned").findValuesAsText("name")).toString());
        named.setInt(4, bySuite.values().stream().mapToInt(Map::size).sum() * arms(plan));
        named.setString(5, rows.getString("id"));
        named.executeUpdate();
      }
    }
    return places;
  }

  /** The base, the tuned ones, and the base once more where rounding depends on the batch. */
  private static int arms(JsonNode plan) {
    return 1 + plan.path("tuned").size() + (plan.path("dtype").asText().equals("float32") ? 0 : 1);
  }

  private static Map<String, Map<String, Integer>> places(JsonNode plan) {
    Map<String, Map<String, Integer>> bySuite = new HashMap<>();
    for (JsonNode suite : plan.path("suites")) {
      Map<String, Integer> places = new HashMap<>();
      suite.path("itemIds").forEach(id -> places.putIfAbsent(id.asText(), places.size()));
      bySuite.put(suite.path("suite").asText(), places);
    }
    return bySuite;
  }

  /** Writes rows in batches. */
  private static final class Mover implements AutoCloseable {
    private final Map<String, Map<String, Map<String, Integer>>> places;
    private final PreparedStatement text;
    private final PreparedStatement outcome;
    private final PreparedStatement detail;
    private final Set<String> known = new HashSet<>();
    private long id;
    private int waiting;

    Mover(Connection connection, Map<String, Map<String, Map<String, Integer>>> places)
        throws SQLException {
      this.places = places;
      this.text =
          connection.prepareStatement("insert into text_body (text_key, body) values (?, ?)");
      this.outcome =
          connection.prepareStatement(
              "insert into outcome (id, audit_id, suite, arm, item_id, place, state, score, margin,"
                  + " prompt_key, output_key, content_key) values (?,?,?,?,?,?,?,?,?,?,?,?)");
      this.detail =
          connection.prepareStatement(
              "insert into outcome_detail (outcome_id, extracted, explanation, details)"
                  + " values (?, ?, ?, ?)");
    }

    void move(ResultSet row) throws SQLException, JsonProcessingException {
      String output = row.getString("output");
      String details = row.getString("details");
      id++;
      addOutcome(row, add(row.getString("prompt")), add(output), details);
      detail.setLong(1, id);
      String extracted = row.getString("extracted");
      detail.setString(2, extracted.equals(output) ? null : StoredText.write(extracted));
      detail.setString(3, StoredText.write(row.getString("explanation")));
      detail.setString(4, details);
      detail.addBatch();
      if (++waiting == BATCH) {
        flush();
      }
    }

    private void addOutcome(ResultSet row, String prompt, String output, String details)
        throws SQLException, JsonProcessingException {
      int column = 1;
      outcome.setLong(column++, id);
      for (String name : List.of("audit_id", "suite", "arm", "item_id")) {
        outcome.setString(column++, row.getString(name));
      }
      outcome.setInt(column++, place(row));
      outcome.setString(column++, row.getString("state"));
      outcome.setDouble(column++, row.getDouble("score"));
      double margin = Json.mapper().readTree(details).path("margin").asDouble(Double.NaN);
      outcome.setObject(column++, Double.isFinite(margin) ? margin : null, java.sql.Types.DOUBLE);
      outcome.setString(column++, prompt);
      outcome.setString(column++, output);
      outcome.setString(column, row.getString("content_key"));
      outcome.addBatch();
    }

    private int place(ResultSet row) throws SQLException {
      Map<String, Integer> suite =
          places.get(row.getString("audit_id")).getOrDefault(row.getString("suite"), Map.of());
      return suite.getOrDefault(row.getString("item_id"), suite.size());
    }

    private String add(String body) throws SQLException {
      String key = TextKey.of(body);
      if (known.add(key)) {
        text.setString(1, key);
        text.setString(2, StoredText.write(body));
        text.addBatch();
      }
      return key;
    }

    void flush() throws SQLException {
      text.executeBatch();
      outcome.executeBatch();
      detail.executeBatch();
      waiting = 0;
    }

    /** The rows were given their ids here, which the column's own counter knows nothing of. */
    void restartIds() throws SQLException {
      try (Statement statement = outcome.getConnection().createStatement()) {
        statement.execute("alter table outcome alter column id restart with " + (id + 1));
      }
    }

    @Override
    public void close() throws SQLException {
      text.close();
      outcome.close();
      detail.close();
    }
  }
}
