package dev.palimpsest.audit.label;

import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The labels of one installation. They are added and never changed; they go with their audit. */
public final class Labels {
  private static final String NEW_LABEL =
      """
      insert into answer_label (audit_id, kind, suite, item_id, arm, grade, choice, author,
        written_at)
      values (:audit, :kind, :suite, :item, :arm, cast(:grade as double precision),
        cast(:choice as varchar), :author, :at)
      """;

  private final Database database;

  /** Makes a store in a database. */
  public Labels(Database database) {
    this.database = database;
  }

  /**
   * Adds a label. The audit's row is locked meanwhile, so that none is added to an audit that is
   * being removed.
   *
   * @throws LabelException if the audit was removed
   * @throws dev.palimpsest.WordingException if the name holds what cannot be seen
   */
  public void add(String auditId, Label typed) {
    Label label = typed.inPlainWords();
    database.write(
        handle -> {
          if (!AuditRow.lock(handle, auditId)) {
            throw new LabelException("The audit was removed; there is nothing left to label.");
          }
          handle
              .createUpdate(NEW_LABEL)
              .bind("audit", auditId)
              .bind("kind", label.target().kind().name())
              .bind("suite", label.target().suite())
              .bind("item", label.target().itemId())
              .bind("arm", label.target().arm())
              .bind(
                  "grade", label.grade().isPresent() ? (Double) label.grade().getAsDouble() : null)
              .bind("choice", label.choice().map(Label.Choice::name).orElse(null))
              .bind("author", label.author())
              .bind("at", label.at().atOffset(ZoneOffset.UTC))
              .execute();
        });
  }

  /** Returns all labels of an audit, oldest first. */
  public List<Label> of(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from answer_label where audit_id = :audit order by id")
                .bind("audit", auditId)
                .map((row, context) -> read(row))
                .list());
  }

  private static Label read(ResultSet row) throws SQLException {
    double grade = row.getDouble("grade");
    OptionalDouble graded = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(grade);
    return new Label(
        new Target(
            Target.Kind.valueOf(row.getString("kind")),
            row.getString("suite"),
            row.getString("item_id"),
            row.getString("arm")),
        graded,
        Optional.ofNullable(row.getString("choice")).map(Label.Choice::valueOf),
        StoredText.read(row.getString("author")),
        row.getObject("written_at", OffsetDateTime.class).toInstant());
  }
}
