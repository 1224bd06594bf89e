package dev.palimpsest.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The migrations by name, for the two cases that need no Flyway, whose start takes as long as that
 * of the web server: tables that are of this version, and a new file. What is noted in the history
 * is what Flyway notes, so that it goes on from there.
 */
final class Migrations {
  /** In the order of their versions; the files lie in {@code migrations}. */
  static final List<String> SCRIPTS =
      List.of(
          "V001__audits.sql",
          "V010__checkpoint.sql",
          "V011__sign_off.sql",
          "V020__texts_by_content.sql",
          "V020_1__old_outcomes_aside.sql",
          "V020_2__outcomes_without_texts.sql",
          OutcomesByContent.class.getName(),
          "V022__drop_outcomes_with_texts.sql",
          "V030__outcomes_by_content.sql",
          "V040__what_lists_read.sql",
          "V041__own_suites.sql",
          "V042__item_reviews.sql",
          "V043__gate_policies.sql",
          "V045__ledger.sql",
          "V050__report_arms.sql",
          "V060__users.sql",
          "V061__second_factor.sql",
          "V062__api_tokens.sql",
          "V063__sign_off_user.sql",
          "V070__audit_people.sql",
          "V071__checkpoint_added_by.sql",
          "V072__decisions_by_checkpoint.sql",
          "V073__notices.sql",
          "V074__blessings.sql",
          "V077__sign_in_by_provider.sql",
          "V090__file_digests.sql",
          "V100__fact_answers.sql",
          "V101__preflights.sql",
          "V110__judges.sql",
          "V111__answer_labels.sql",
          "V112__amplified.sql",
          "V120__personal_keys.sql",
          "V121__decisions_signed_in_person.sql",
          "V125__check_leases.sql",
          "V126__files_of_removed_checkpoints.sql");

  private static final String HISTORY =
      """
      create table "flyway_schema_history" (
        "installed_rank" int not null,
        "version" varchar(50),
        "description" varchar(200) not null,
        "type" varchar(20) not null,
        "script" varchar(1000) not null,
        "checksum" int,
        "installed_by" varchar(100) not null,
        "installed_on" timestamp default current_timestamp not null,
        "execution_time" int not null,
        "success" boolean not null,
        constraint "flyway_schema_history_pk" primary key ("installed_rank"));
      create index "flyway_schema_history_s_idx" on "flyway_schema_history" ("success");
      insert into "flyway_schema_history"
        ("installed_rank", "description", "type", "script", "installed_by", "execution_time",
         "success")
        values (-1, '<< Flyway Schema History table created >>', 'TABLE', '', '', 0, true)
      """;

  private Migrations() {}

  /** One migration as the history names it. */
  record Step(String version, String description, String type, String script, int checksum) {}

  /** A step as far as it tells which version the tables are of. */
  private record Done(String script, int checksum, boolean success) {}

  /** Tells whether every migration was done and no other; false where there is no history. */
  static boolean areAllDone(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select \"script\", \"checksum\", \"success\" from \"flyway_schema_history\""
                    + " where \"version\" is not null order by \"installed_rank\"")) {
      List<Done> done = new ArrayList<>();
      while (rows.next()) {
        done.add(new Done(rows.getString(1), rows.getInt(2), rows.getBoolean(3)));
      }
      return done.equals(
          steps().stream().map(step -> new Done(step.script(), step.checksum(), true)).toList());
    } catch (SQLException noHistory) {
      return false;
    }
  }

  /** Makes the tables of an H2 database that has none. */
  static void makeAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(HISTORY);
      for (Step step : steps()) {
        if (step.type().equals("SQL")) {
          statement.execute(read(step.script()));
        }
        note(connection, step);
      }
    }
  }

  private static void note(Connection connection, Step step) throws SQLException {
    try (PreparedStatement note =
        connection.prepareStatement(
            """
            insert into "flyway_schema_history"
              ("installed_rank", "version", "description", "type", "script", "checksum",
               "installed_by", "execution_time", "success")
              values (?, ?, ?, ?, ?, ?, '', 0, true)
            """)) {
      note.setInt(1, SCRIPTS.indexOf(step.script()) + 1);
      note.setString(2, step.version());
      note.setString(3, step.description());
      note.setString(4, step.type());
      note.setString(5, step.script());
      note.setInt(6, step.checksum());
      note.executeUpdate();
    }
  }

  private static List<Step> steps() {
    return SCRIPTS.stream().map(Migrations::step).toList();
  }

  /** What the migration in Java moves is not there in a new database. */
  private static Step step(String script) {
    if (!script.endsWith(".sql")) {
      OutcomesByContent code = new OutcomesByContent();
      return new Step(
          code.getVersion().getRawVersion(),
          code.getDescription(),
          "JDBC",
          script,
          code.getChecksum());
    }
    String[] parts = script.substring(1, script.length() - ".sql".length()).split("__", 2);
    return new Step(
        parts[0].replace('_', '.'),
        parts[1].replace('_', ' '),
        "SQL",
        script,
        checksum(read(script)));
  }

  /** Flyway's: CRC-32 of the lines without what ends them. */
  private static int checksum(String sql) {
    CRC32 sum = new CRC32();
    sql.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) sum.getValue();
  }

  private static String read(String script) {
    try (InputStream in = Migrations.class.getResourceAsStream("/migrations/" + script)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no migration " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
