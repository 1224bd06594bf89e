package dev.palimpsest.audit.review;

import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The reviews of one installation. They are added and never changed; they go with their audit. */
public final class Reviews {
  private static final String NEW_REVIEW =
      """
      insert into item_review (audit_id, suite, arm, item_id, act, retracts, author, reason,
        written_at)
      values (:audit, :suite, :arm, :item, :act, cast(:retracts as bigint), :author, :reason, :at)
      """;

  private static final String STANDING =
      """
      select count(*) from item_review r
      where r.id = :id and r.audit_id = :audit and r.suite = :suite and r.arm = :arm
        and r.item_id = :item and r.act <> 'RETRACTION'
        and not exists (select 1 from item_review later where later.retracts = r.id)
      """;

  private final Database database;

  /** Makes a store in a database. */
  public Reviews(Database database) {
    this.database = database;
  }

  /**
   * Adds a review. The audit's row is locked meanwhile, so that of two who retract the same review
   * one is refused, and none is added to an audit that is being removed.
   *
   * @throws ReviewException if the audit was removed, or what is retracted does not stand
   * @throws dev.palimpsest.WordingException if the name or the reason holds what cannot be seen
   */
  public void add(String auditId, Review typed) {
    Review review = typed.inPlainWords();
    database.write(
        handle -> {
          requireAudit(handle, auditId);
          if (review.retracts().isPresent()) {
            requireStanding(handle, auditId, review);
          }
          handle
              .createUpdate(NEW_REVIEW)
              .bind("audit", auditId)
              .bind("suite", review.answer().suite())
              .bind("arm", review.answer().arm())
              .bind("item", review.answer().itemId())
              .bind("act", review.act().name())
              .bind(
                  "retracts",
                  review.retracts().isPresent() ? (Long) review.retracts().getAsLong() : null)
              .bind("author", review.author())
              .bind("reason", review.reason())
              .bind("at", review.at().atOffset(ZoneOffset.UTC))
              .execute();
        });
  }

  private static void requireAudit(Handle handle, String id) {
    if (!AuditRow.lock(handle, id)) {
      throw new ReviewException("The audit was removed; there is nothing left to review.");
    }
  }

  private static void requireStanding(Handle handle, String auditId, Review review) {
    int standing =
        handle
            .createQuery(STANDING)
            .bind("id", review.retracts().getAsLong())
            .bind("audit", auditId)
            .bind("suite", review.answer().suite())
            .bind("arm", review.answer().arm())
            .bind("item", review.answer().itemId())
            .mapTo(Integer.class)
            .one();
    if (standing == 0) {
      throw new ReviewException(
          "This review was retracted already, or is not of this answer; open the item again.");
    }
  }

  /** Returns all reviews of an audit, oldest first. */
  public List<Review> of(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from item_review where audit_id = :audit order by id")
                .bind("audit", auditId)
                .map((row, context) -> read(row))
                .list());
  }

  /** Returns how many reviews an audit has; the number only grows. */
  public int count(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from item_review where audit_id = :audit")
                .bind("audit", auditId)
                .mapTo(Integer.class)
                .one());
  }

  private static Review read(ResultSet row) throws SQLException {
    long retracts = row.getLong("retracts");
    OptionalLong retracted = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(retracts);
    return new Review(
        row.getLong("id"),
        new Review.Answer(row.getString("suite"), row.getString("arm"), row.getString("item_id")),
        Review.Act.valueOf(row.getString("act")),
        retracted,
        StoredText.read(row.getString("author")),
        StoredText.read(row.getString("reason")),
        row.getObject("written_at", OffsetDateTime.class).toInstant());
  }
}
