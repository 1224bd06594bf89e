package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.SignOff.Decision;
import dev.palimpsest.storage.Database;
import java.time.Instant;
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

  private static SignOff signOff(String audit, Decision decision, String signer, String comment) {
    return new SignOff(audit, "digest", decision, signer, comment, NOW);
  }
}
