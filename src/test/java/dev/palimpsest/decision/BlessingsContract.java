package dev.palimpsest.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportArms;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a decision and what is the reference of a base, in every database. */
abstract class BlessingsContract {
  private final Database database = fresh();
  private final TestClock clock = new TestClock(Instant.parse("2026-12-01T10:00:00Z"));
  private final SignOffs signOffs = new SignOffs(database);
  private final ReportArms arms = new ReportArms(database);
  private final Blessings blessings = new Blessings(database, arms, signOffs, clock);
  private final Report report = SampleAudit.large().report();
  private final String audit = report.data().audit().id();
  private final String digest = report.data().tuned().get(0).digest();

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void aReport() {
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at)"
                    + " values (?, '{}', 'digest', current_timestamp)",
                audit));
    new ReportStore(database).put(report);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void decides(SignOff.Decision decision, Optional<LocalDate> expires, int approvals) {
    String arm = report.data().tuned().get(0).name();
    signOffs.add(
        new SignOff(
            audit,
            report.digest(),
            new SignOff.Checkpoint(arm, digest),
            decision,
            "Ann",
            "user-1",
            "Because.",
            new SignOff.Terms(List.of(), "", expires, approvals),
            SignOff.Independence.INDEPENDENT,
            clock.instant()));
  }

  private List<String> undecided() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return arms.undecided(today, 10).stream().map(ReportArms.Line::arm).toList();
  }

  @Test
  void whatOneDecisionSettlesWaitsNoMoreUntilItEnds() {
    assertThat(undecided()).containsExactly("null-lora", "json-format", "sql-forget");
    decides(SignOff.Decision.APPROVED, Optional.of(LocalDate.parse("2026-12-01")), 1);
    assertThat(undecided()).containsExactly("json-format", "sql-forget");
    clock.pass(Duration.ofDays(1));
    assertThat(undecided()).contains("null-lora");
  }

  @Test
  void oneOfTwoApprovalsSettlesNothing() {
    decides(SignOff.Decision.APPROVED, Optional.empty(), 2);
    assertThat(undecided()).contains("null-lora");
  }

  @Test
  void onlyWhatIsApprovedIsAReferenceAndOnlyAsLongAsItIs() {
    assertThatThrownBy(() -> blessings.bless(digest, "mine", "user-1", "Ann"))
        .isInstanceOf(SignOffException.class)
        .hasMessageContaining("is approved in no audit as it is now");
    decides(SignOff.Decision.APPROVED, Optional.of(LocalDate.parse("2026-12-01")), 1);
    blessings.bless(digest, "mine", "user-1", "Ann");
    String base = report.data().base().digest();
    assertThat(blessings.reference(base))
        .hasValueSatisfying(
            one -> {
              assertThat(one.by()).isEqualTo("Ann");
              assertThat(one.decidedBy()).isEqualTo("Approved by Ann on 2026-12-01");
              assertThat(one.auditId()).isEqualTo(audit);
            });
    assertThat(new Ledger(database).fault()).isEmpty();
    assertThat(new Ledger(database).head().seq()).isEqualTo(2);

    clock.pass(Duration.ofDays(1));
    assertThat(blessings.reference(base)).isEmpty();
    assertThat(blessings.of(digest))
        .hasValueSatisfying(one -> assertThat(one.decision()).startsWith("Expired on 2026-12-01"));
    decides(SignOff.Decision.REJECTED, Optional.empty(), 1);
    assertThat(blessings.of(digest))
        .hasValueSatisfying(one -> assertThat(one.decision()).isEqualTo("Rejected by Ann"));
  }

  @Test
  void anotherReportVoidsTheReference() {
    decides(SignOff.Decision.APPROVED, Optional.empty(), 1);
    blessings.bless(digest, "mine", "", "whoever used this machine");
    database.write(handle -> handle.execute("update report set digest = 'another'"));
    assertThat(blessings.reference(report.data().base().digest())).isEmpty();
    assertThat(blessings.of(digest))
        .hasValueSatisfying(
            one -> assertThat(one.decision()).isEqualTo("Void: the report changed"));
  }
}
