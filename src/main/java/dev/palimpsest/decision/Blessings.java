package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.report.model.ReportArms;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which approved checkpoint is the reference of its base. Rows are only added; the newest of a base
 * counts, and only as long as the decision behind it stands: a reference whose decision is void,
 * expired or overruled is none, and nothing older takes its place.
 */
public final class Blessings {
  private static final String NEW =
      """
      insert into blessing (base_digest, checkpoint_digest, checkpoint_name, audit_id,
        report_digest, arm, decided_by, user_id, blessed_by, blessed_at)
      values (:base, :digest, :name, :audit, :report, :arm, :decidedBy, :user, :by, :at)
      """;

  private final Database database;
  private final ReportArms arms;
  private final SignOffs signOffs;
  private final Clock clock;

  public Blessings(Database database, ReportArms arms, SignOffs signOffs, Clock clock) {
    this.database = database;
    this.arms = arms;
    this.signOffs = signOffs;
    this.clock = clock;
  }

  /**
   * An approval that stands.
   *
   * @param line where the checkpoint was audited
   * @param standing of the decision there
   */
  public record Approval(ReportArms.Line line, Standing standing) {}

  /** Whether a blessing holds, and what became of the decision behind it. */
  public record Held(Blessing blessing, boolean holds, String decision) {}

  /** Returns the newest audit in which a checkpoint is decided on, if it is approved there. */
  public Optional<Approval> approval(String checkpointDigest) {
    return arms.of(checkpointDigest).stream()
        .map(line -> new Approval(line, standing(line)))
        .filter(
            one ->
                one.standing().state().isApproved() || one.standing().state() == ArmState.REJECTED)
        .findFirst()
        .filter(one -> one.standing().state().isApproved());
  }

  private Standing standing(ReportArms.Line line) {
    return Standing.of(line.arm(), true, line.report(), signOffs.of(line.auditId()), today());
  }

  /**
   * Makes an approved checkpoint the reference of the base that it was audited against.
   *
   * @param name as it is registered
   * @param userId "" where nobody is signed in
   * @param by printed name of the user, or what is known instead
   * @throws SignOffException if it is approved in no audit
   */
  public void bless(String checkpointDigest, String name, String userId, String by) {
    Approval approval =
        approval(checkpointDigest)
            .orElseThrow(
                () ->
                    new SignOffException(
                        "This checkpoint is approved in no audit as it is now; have it reviewed"
                            + " first, then make it the reference."));
    ReportArms.Line line = approval.line();
    String decidedBy = decidedBy(approval.standing());
    database.write(
        handle -> {
          handle
              .createUpdate(NEW)
              .bind("base", line.baseDigest())
              .bind("digest", checkpointDigest)
              .bind("name", name)
              .bind("audit", line.auditId())
              .bind("report", line.report())
              .bind("arm", line.arm())
              .bind("decidedBy", decidedBy)
              .bind("user", userId)
              .bind("by", by)
              .bind("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
              .execute();
          Ledger.append(
              handle,
              LedgerEntry.ofAudit(
                  "checkpoint.blessed",
                  userId.isEmpty() ? LedgerEntry.Actor.LOCAL : LedgerEntry.Actor.signedIn(by),
                  line.auditId(),
                  line.report(),
                  Map.of(
                      "name", name,
                      "checkpointDigest", checkpointDigest,
                      "base", line.baseDigest(),
                      "decision", decidedBy)));
        });
  }

  private static String decidedBy(Standing standing) {
    return standing.counting().stream()
        .map(one -> one.decision().word() + " by " + one.signedBy() + " on " + one.day())
        .collect(Collectors.joining("; "));
  }

  /** Returns the reference of a base, if it has one whose decision stands. */
  public Optional<Blessing> reference(String baseDigest) {
    return newest(baseDigest).filter(Held::holds).map(Held::blessing);
  }

  /** Returns the newest blessing of a checkpoint, whether or not it holds. */
  public Optional<Held> of(String checkpointDigest) {
    return find("checkpoint_digest", checkpointDigest)
        .map(
            blessing -> {
              Held newest = newest(blessing.baseDigest()).orElseThrow();
              boolean replaced = !newest.blessing().digest().equals(checkpointDigest);
              return replaced
                  ? new Held(
                      blessing, false, newest.blessing().name() + " was made the reference since")
                  : newest;
            });
  }

  private Optional<Held> newest(String baseDigest) {
    return find("base_digest", baseDigest).map(this::held);
  }

  private Held held(Blessing blessing) {
    List<SignOff> decisions = signOffs.of(blessing.auditId());
    Optional<String> report =
        arms.of(blessing.digest()).stream()
            .filter(line -> line.auditId().equals(blessing.auditId()))
            .map(ReportArms.Line::report)
            .findFirst();
    Standing standing = Standing.of(blessing.arm(), true, report.orElse(""), decisions, today());
    boolean same = report.filter(blessing.report()::equals).isPresent();
    if (!same) {
      return new Held(blessing, false, ArmState.VOID.word());
    }
    boolean stands = standing.state().isApproved();
    boolean overruled = stands && approval(blessing.digest()).isEmpty();
    return new Held(
        blessing, stands && !overruled, overruled ? "Rejected in a newer audit" : standing.words());
  }

  private Optional<Blessing> find(String column, String value) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from blessing where "
                        + column
                        + " = :value order by id desc fetch first 1 rows only")
                .bind("value", value)
                .map((row, context) -> read(row))
                .findOne());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Blessing read(ResultSet row) throws SQLException {
    return new Blessing(
        row.getString("base_digest"),
        row.getString("checkpoint_digest"),
        StoredText.read(row.getString("checkpoint_name")),
        row.getString("audit_id"),
        row.getString("report_digest"),
        StoredText.read(row.getString("arm")),
        StoredText.read(row.getString("decided_by")),
        StoredText.read(row.getString("blessed_by")),
        row.getObject("blessed_at", OffsetDateTime.class).toInstant());
  }
}
