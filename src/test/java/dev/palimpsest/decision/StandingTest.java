package dev.palimpsest.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOff.Decision;
import dev.palimpsest.account.SignOff.Independence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from the decisions on a checkpoint. */
final class StandingTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-12-01");

  /** Decisions on the checkpoint "tuned" of the report "now", oldest first. */
  private final List<SignOff> decisions = new ArrayList<>();

  private String report = "now";
  private int needed = 1;

  private void decides(String user, Decision decision) {
    decides(user, decision, Optional.empty());
  }

  private void decides(String user, Decision decision, Optional<LocalDate> expires) {
    boolean known = !user.startsWith("typed ");
    String condition = decision == Decision.CONDITIONAL ? "In SQL only." : "";
    decisions.add(
        new SignOff(
            "audit",
            report,
            new SignOff.Checkpoint("tuned", "ab".repeat(32)),
            decision,
            known ? "The " + user : user.replace("typed ", ""),
            known ? user : "",
            "Because.",
            new SignOff.Terms(List.of(), condition, expires, needed),
            known ? Independence.INDEPENDENT : Independence.UNAUTHENTICATED,
            Instant.parse("2026-11-30T12:00:00Z")));
  }

  private Standing standing() {
    List<SignOff> newestFirst = new ArrayList<>(decisions);
    Collections.reverse(newestFirst);
    return Standing.of("tuned", true, "now", newestFirst, TODAY);
  }

  private String words() {
    return standing().words();
  }

  @Test
  void anAuditThatRunsIsNotReviewedAndAFinishedOneWaits() {
    assertThat(Standing.of("tuned", false, "now", List.of(), TODAY).state())
        .isEqualTo(ArmState.RUNNING);
    assertThat(standing().state()).isEqualTo(ArmState.AWAITING);
    assertThat(standing().state().isWaiting()).isTrue();
  }

  @Test
  void oneApprovalIsEnoughUnlessThePolicyAsksForMore() {
    decides("ann", Decision.APPROVED);
    assertThat(words()).isEqualTo("Approved by The ann");
    needed = 2;
    decisions.clear();
    decides("ann", Decision.APPROVED);
    assertThat(words()).isEqualTo("In review, 1 of 2: The ann");
    decides("ann", Decision.APPROVED);
    assertThat(standing().state()).as("one person counts once").isEqualTo(ArmState.IN_REVIEW);
    decides("ben", Decision.CONDITIONAL);
    assertThat(words()).isEqualTo("Approved with conditions by The ben; The ann");
  }

  @Test
  void aRejectionByAnybodyRejectsUntilThatPersonThinksAgain() {
    needed = 2;
    decides("ann", Decision.APPROVED);
    decides("ben", Decision.REJECTED);
    decides("cai", Decision.APPROVED);
    assertThat(words()).isEqualTo("Rejected by The ben");
    decides("ben", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.APPROVED);
  }

  @Test
  void anApprovalHoldsToTheEndOfItsLastDay() {
    decides("ann", Decision.APPROVED, Optional.of(TODAY));
    assertThat(standing().state()).isEqualTo(ArmState.APPROVED);
    decides("ann", Decision.APPROVED, Optional.of(TODAY.minusDays(1)));
    assertThat(words()).isEqualTo("Expired on 2026-11-30, was approved by The ann");
    assertThat(standing().state().isApproved()).isFalse();
    assertThat(standing().state().isWaiting()).isTrue();
  }

  @Test
  void whereOneOfTwoApprovalsEndsTheCheckpointIsApprovedNoMore() {
    needed = 2;
    decides("ann", Decision.APPROVED, Optional.of(TODAY.minusDays(1)));
    decides("ben", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.EXPIRED);
    decides("cai", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.APPROVED);
  }

  @Test
  void anotherReportVoidsWhatWasDecidedAndDeletesNothing() {
    report = "before";
    decides("ann", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.VOID);
    assertThat(standing().all()).hasSize(1);
    report = "now";
    decides("ben", Decision.REJECTED);
    assertThat(standing().state()).isEqualTo(ArmState.REJECTED);
    assertThat(standing().all()).hasSize(2);
  }

  @Test
  void whereNobodySignsInTheNewestDecisionCounts() {
    decides("typed Ann", Decision.REJECTED);
    decides("typed Ben", Decision.APPROVED);
    assertThat(words()).isEqualTo("Approved by Ben, unauthenticated");
    decides("typed Cai", Decision.REJECTED);
    assertThat(words()).isEqualTo("Rejected by Cai, unauthenticated");
  }

  @Test
  void whereNobodySignsInSeveralApprovalsAreUnderDifferentNames() {
    needed = 2;
    decides("typed Ann", Decision.APPROVED);
    decides("typed ann", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.IN_REVIEW);
    decides("typed Ben", Decision.APPROVED);
    assertThat(standing().state()).isEqualTo(ArmState.APPROVED);
    decides("typed Cai", Decision.REJECTED);
    decides("typed Ben", Decision.APPROVED);
    assertThat(standing().state()).as("since the rejection").isEqualTo(ArmState.IN_REVIEW);
  }

  @Test
  void onceSomebodySignedInTypedNamesCountNoMore() {
    decides("typed Ann", Decision.REJECTED);
    decides("ben", Decision.APPROVED);
    decides("typed Ann", Decision.REJECTED);
    assertThat(words()).isEqualTo("Approved by The ben");
  }

  @Test
  void aDecisionOnTheWholeAuditCountsUntilThereIsOneOnTheCheckpoint() {
    decisions.add(
        new SignOff(
            "audit",
            "now",
            Decision.REJECTED,
            "Ann",
            "No.",
            Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(words()).isEqualTo("Rejected by Ann, unauthenticated");
    decides("typed Ben", Decision.APPROVED);
    assertThat(words()).isEqualTo("Approved by Ben, unauthenticated");
  }
}
