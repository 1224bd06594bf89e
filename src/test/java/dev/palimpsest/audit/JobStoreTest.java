package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.storage.Database;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database = Database.inMemory();
  private final AuditStore audits = new AuditStore(database);
  private final JobStore here = new JobStore(database, "here");
  private final JobStore there = new JobStore(database, "there");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theOldestJobIsClaimedFirstAndByOneOnly() {
    queue("second", NOW.plusSeconds(1));
    queue("first", NOW);
    assertThat(here.claim(NOW)).contains("first");
    assertThat(there.claim(NOW)).contains("second");
    assertThat(here.claim(NOW)).isEmpty();
  }

  @Test
  void aJobWhoseLeaseRanOutIsClaimedAgain() {
    queue("audit", NOW);
    here.claim(NOW);
    assertThat(there.claim(NOW.plus(JobStore.LEASE).minusSeconds(1))).isEmpty();
    assertThat(there.claim(NOW.plus(JobStore.LEASE).plusSeconds(1))).contains("audit");
  }

  @Test
  void aRenewedLeaseHolds() {
    queue("audit", NOW);
    here.claim(NOW);
    here.renew("audit", NOW.plusSeconds(50));
    assertThat(there.claim(NOW.plus(JobStore.LEASE).plusSeconds(1))).isEmpty();
  }

  @Test
  void aLostLeaseIsNotRenewed() {
    queue("audit", NOW);
    here.claim(NOW);
    Instant later = NOW.plus(JobStore.LEASE).plusSeconds(1);
    there.claim(later);
    here.renew("audit", later.plusSeconds(600));
    assertThat(here.claim(later.plus(JobStore.LEASE).plusSeconds(1))).contains("audit");
  }

  @Test
  void afterARestartWhatWasRunningIsQueued() {
    queue("audit", NOW);
    here.claim(NOW);
    assertThat(there.requeueAbandoned()).isEqualTo(1);
    assertThat(there.find("audit")).contains(new JobStore.Job(AuditState.QUEUED, ""));
  }

  @Test
  void aSettledJobIsNotClaimed() {
    queue("audit", NOW);
    here.claim(NOW);
    here.settle("audit", AuditState.FAILED, "The disk is full.");
    assertThat(here.claim(NOW.plusSeconds(3600))).isEmpty();
    assertThat(here.find("audit"))
        .contains(new JobStore.Job(AuditState.FAILED, "The disk is full."));
  }

  private void queue(String id, Instant at) {
    audits.insert(new Audit(id, Plans.small(), "digest", at, Optional.empty()));
  }
}
