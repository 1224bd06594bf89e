package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.Sha256;
import dev.palimpsest.account.SignOff.Decision;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-offs, as every database has to keep them. */
abstract class SignOffsContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  private final Database database = fresh();
  private final SignOffs signOffs = new SignOffs(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void insertAudit() {
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at)"
                    + " values ('audit', '{}', 'digest', current_timestamp)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDecisionComesBackAsItWasSigned() {
    SignOff signed =
        signOff("audit", Decision.REJECTED, "Zoë O'Hara", "Too much\nlost \uD83D\uDE00");
    signOffs.add(signed);
    assertThat(signOffs.of("audit")).containsExactly(signed);
    assertThat(signOffs.of("other")).isEmpty();
  }

  @Test
  void theLatestDecisionIsTheOneThatWasAddedLastWhateverItsClockSaid() {
    signOffs.add(signOff("audit", Decision.REJECTED, "Ann", "No."));
    SignOff later =
        new SignOff("audit", "other", Decision.APPROVED, "Ben", "Yes.", NOW.minusSeconds(60));
    signOffs.add(later);
    assertThat(signOffs.latest("audit")).contains(later);
    assertThat(signOffs.of("audit")).extracting(SignOff::signer).containsExactly("Ben", "Ann");
  }

  @Test
  void whatWasRemovedCannotBeSigned() {
    assertThatThrownBy(() -> signOffs.add(signOff("removed", Decision.APPROVED, "Ann", "Yes.")))
        .isInstanceOf(SignOffException.class)
        .hasMessageContaining("The audit was removed");
  }

  @Test
  void theSamePersonMayDecideAgain() {
    SignOff signed = signOff("audit", Decision.APPROVED, "Ann", "Yes.");
    signOffs.add(signed);
    signOffs.add(signed);
    assertThat(signOffs.of("audit")).containsExactly(signed, signed);
  }

  @Test
  void aDecisionOnACheckpointComesBackWithItsTerms() {
    SignOff signed = ofArm("tuned ü", "user-1", "Fine.");
    assertThat(signOffs.add(signed, 0)).isTrue();
    assertThat(signOffs.of("audit")).containsExactly(signed);
    assertThat(signOffs.of(List.of("audit", "other")).get("audit")).containsExactly(signed);
  }

  @Test
  void whatIsSentTwiceIsThereOnce() {
    SignOff signed = ofArm("tuned", "user-1", "Fine.");
    assertThat(signOffs.turn("audit", "digest", "tuned", "user-1")).isZero();
    assertThat(signOffs.add(signed, 0)).isTrue();
    assertThat(signOffs.add(signed, 0)).isFalse();
    assertThat(signOffs.of("audit")).hasSize(1);
    assertThat(signOffs.turn("audit", "digest", "tuned", "user-1")).isEqualTo(1);
    assertThat(new Ledger(database).head().seq()).isEqualTo(1);
  }

  @Test
  void whatThePersonSignedComesBackByteForByteAndTheLedgerNamesIt() {
    OwnSignature own =
        new OwnSignature("cd".repeat(32), "{\"a\":\"Zoë \\u0000 \uD83D\uDE00\"}", "c2ln");
    SignOff signed = ofArm("tuned", "user-1", "Fine.");
    List<List<SignOff>> asked = new ArrayList<>();
    SignOffs.Signing signing =
        (decision, all) -> {
          asked.add(all);
          return Optional.of(own);
        };
    assertThat(signOffs.add(signed, 0, signing)).isTrue();
    assertThat(signOffs.add(signed, 0, signing)).as("sent twice").isFalse();
    assertThat(signOffs.of("audit")).containsExactly(signed.signed(own));
    assertThat(asked).containsExactly(List.of(signed));
    List<String> rows = new ArrayList<>();
    new Ledger(database).forEach(1, row -> rows.add(row.body()));
    assertThat(rows)
        .singleElement()
        .asString()
        .contains("\"key\":\"" + own.keyId() + "\"")
        .contains("\"statement\":\"" + Sha256.hex(own.statement()) + "\"");
  }

  @Test
  void whoDecidedMeanwhileHasToReadItFirst() {
    signOffs.add(ofArm("tuned", "user-1", "Fine."), 0);
    for (long turn : new long[] {0, 2}) {
      assertThatThrownBy(() -> signOffs.add(ofArm("tuned", "user-1", "Other."), turn))
          .isInstanceOf(SignOffException.class)
          .hasMessageContaining("was decided on since you opened the page");
    }
    assertThat(signOffs.add(ofArm("tuned", "user-1", "Other."), 1)).isTrue();
    assertThat(signOffs.add(ofArm("tuned", "user-2", "Fine."), 0)).isTrue();
    assertThat(signOffs.add(ofArm("another", "user-1", "Fine."), 0)).isTrue();
    assertThat(signOffs.of("audit")).hasSize(4);
  }

  @Test
  void ofManyWhoSendTheSameAtOnceOneAddsItAndOfManyPeopleEachAddsOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        SignOff signed = ofArm("tuned", "user-" + i % 4, "Fine.");
        calls.add(() -> signOffs.add(signed, 0));
      }
      int added = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        added += call.get() ? 1 : 0;
      }
      assertThat(added).isEqualTo(4);
    } finally {
      threads.shutdownNow();
    }
    assertThat(signOffs.of("audit")).extracting(SignOff::userId).doesNotHaveDuplicates().hasSize(4);
    assertThat(new Ledger(database).head().seq()).isEqualTo(4);
    assertThat(new Ledger(database).fault()).isEmpty();
  }

  private static SignOff ofArm(String arm, String user, String comment) {
    return new SignOff(
        "audit",
        "digest",
        new SignOff.Checkpoint(arm, "ab".repeat(32)),
        Decision.CONDITIONAL,
        "Ann",
        user,
        comment,
        new SignOff.Terms(
            List.of("gate/a/maxDrop", "gate/b/maxDrop"),
            "In SQL only.",
            Optional.of(LocalDate.parse("2027-01-31")),
            2),
        SignOff.Independence.INDEPENDENT,
        NOW);
  }

  private static SignOff signOff(String audit, Decision decision, String signer, String comment) {
    return new SignOff(audit, "digest", decision, signer, comment, NOW);
  }
}
