package dev.palimpsest.audit.run;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.Lease;
import dev.palimpsest.storage.LeaseOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue of jobs, as every database has to keep it. */
abstract class JobStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database = fresh();
  private final AuditStore audits = new AuditStore(database);
  private final JobStore here = new JobStore(database, "here");
  private final JobStore there = new JobStore(database, "there");

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

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
    assertThat(there.claim(NOW.plus(Lease.TERM).minusSeconds(1))).isEmpty();
    assertThat(there.claim(NOW.plus(Lease.TERM).plusSeconds(1))).contains("audit");
  }

  @Test
  void aRenewedLeaseHolds() {
    queue("audit", NOW);
    here.claim(NOW);
    here.renew("audit", NOW.plusSeconds(50));
    assertThat(there.claim(NOW.plus(Lease.TERM).plusSeconds(1))).isEmpty();
  }

  @Test
  void aLostLeaseIsNotRenewed() {
    queue("audit", NOW);
    here.claim(NOW);
    Instant later = NOW.plus(Lease.TERM).plusSeconds(1);
    there.claim(later);
    here.renew("audit", later.plusSeconds(600));
    assertThat(here.claim(later.plus(Lease.TERM).plusSeconds(1))).contains("audit");
  }

  @Test
  void afterARestartWhatWasRunningIsQueued() {
    queue("audit", NOW);
    here.claim(NOW);
    assertThat(there.requeueOthers()).isEqualTo(1);
    assertThat(there.find("audit")).contains(new JobStore.Job(AuditState.QUEUED, ""));
  }

  @Test
  void aLiveJobOfAnotherMachineIsLeftAlone() {
    queue("audit", NOW);
    new JobStore(database, "elsewhere pid:[1]/1/0/a").claim(NOW);
    assertThat(here.requeueAbandoned(NOW.plusSeconds(59))).isZero();
    assertThat(here.requeueAbandoned(NOW.plusSeconds(61))).isEqualTo(1);
  }

  @Test
  void aLiveJobOfAnotherProcessOfThisMachineIsLeftAlone() {
    queue("audit", NOW);
    new JobStore(database, LeaseOwner.ofThisProcess("other").text()).claim(NOW);
    assertThat(here.requeueAbandoned(NOW)).isZero();
  }

  @Test
  void aJobWhoseProcessHasEndedIsClaimedAtOnce() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    LeaseOwner self = LeaseOwner.ofThisProcess("x");
    queue("audit", NOW);
    new JobStore(database, new LeaseOwner(self.machine(), ended.pid(), 1, "x").text()).claim(NOW);
    assertThat(here.claim(NOW)).contains("audit");
  }

  @Test
  void aProcessWithTheNumberOfOneThatEndedIsAnother() {
    LeaseOwner self = LeaseOwner.ofThisProcess("x");
    assertThat(self.isGone()).isFalse();
    assertThat(new LeaseOwner(self.machine(), self.pid(), self.started() - 1, "x").isGone())
        .isTrue();
  }

  @Test
  void whoeverLostALeaseHearsOfItAndSettlesNothing() {
    queue("audit", NOW);
    here.claim(NOW);
    Instant later = NOW.plus(Lease.TERM).plusSeconds(1);
    there.claim(later);
    assertThat(here.renew("audit", later)).isFalse();
    here.settleOwn("audit", AuditState.FAILED, "late");
    assertThat(here.find("audit")).contains(new JobStore.Job(AuditState.RUNNING, ""));
  }

  @Test
  void onlyWhatIsAskedForIsClaimed() {
    queue("abandoned", NOW);
    queue("mine", NOW.plusSeconds(1));
    assertThat(here.claim(NOW, Optional.of(Set.of()))).isEmpty();
    assertThat(here.claim(NOW, Optional.of(Set.of("mine")))).contains("mine");
  }

  @Test
  void aQueuedJobKnowsWhatComesBefore() {
    queue("first", NOW);
    queue("second", NOW.plusSeconds(1));
    queue("third", NOW.plusSeconds(2));
    here.claim(NOW);
    assertThat(here.ahead("third"))
        .containsExactly(
            new JobStore.Ahead("first", true, "here"), new JobStore.Ahead("second", false, ""));
    assertThat(here.ahead("first")).isEmpty();
  }

  @Test
  void aJobThatIsGivenBackKeepsItsPlace() {
    queue("first", NOW);
    queue("second", NOW.plusSeconds(1));
    here.claim(NOW);
    here.release("first");
    assertThat(there.claim(NOW)).contains("first");
  }

  @Test
  void whatSomebodyElseIsJustClaimingIsPassedOver() throws Exception {
    queue("first", NOW);
    queue("second", NOW.plusSeconds(1));
    database.write(
        handle -> {
          handle
              .createQuery("select audit_id from job where audit_id = 'first' for update")
              .mapTo(String.class)
              .one();
          assertThat(supplyAsync(() -> here.claim(NOW)).get()).contains("second");
        });
    assertThat(here.claim(NOW)).contains("first");
  }

  @Test
  void jobsThatManyClaimAtOnceGoToOneEach() throws Exception {
    List<String> queued = IntStream.range(0, 24).mapToObj(i -> "audit-%02d".formatted(i)).toList();
    queued.forEach(id -> queue(id, NOW));
    List<Callable<List<String>>> nodes =
        IntStream.range(0, 4).mapToObj(i -> claimingAll("node-" + i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> node : threads.invokeAll(nodes)) {
        claimed.addAll(node.get());
      }
      assertThat(claimed).containsExactlyInAnyOrderElementsOf(queued);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<List<String>> claimingAll(String node) {
    JobStore jobs = new JobStore(database, node);
    return () -> {
      List<String> claimed = new ArrayList<>();
      for (Optional<String> next = jobs.claim(NOW); next.isPresent(); next = jobs.claim(NOW)) {
        claimed.add(next.get());
      }
      return claimed;
    };
  }

  @Test
  void ofSeveralNodesTheDeadOnesJobIsTakenAndTheLiveOnesIsNot() {
    queue("dead", NOW);
    queue("live", NOW.plusSeconds(1));
    JobStore dead = new JobStore(database, "first pid:[1]/1/0/a");
    JobStore live = new JobStore(database, "second pid:[1]/1/0/a");
    assertThat(dead.claim(NOW)).contains("dead");
    assertThat(live.claim(NOW)).contains("live");
    Instant later = NOW.plus(Lease.TERM).plusSeconds(1);
    assertThat(live.renew("live", later.minusSeconds(2))).isTrue();
    assertThat(here.claim(later)).contains("dead");
    assertThat(here.claim(later)).isEmpty();
    assertThat(live.renew("live", later)).isTrue();
    assertThat(dead.renew("dead", later)).isFalse();
  }

  @Test
  void ofTwoThatRequeueAnAbandonedJobOneDoes() {
    queue("audit", NOW);
    new JobStore(database, "elsewhere pid:[1]/1/0/a").claim(NOW);
    Instant later = NOW.plus(Lease.TERM).plusSeconds(1);
    assertThat(here.requeueAbandoned(later) + there.requeueAbandoned(later)).isEqualTo(1);
  }

  @Test
  void aLeaseEndsWhenItWasSaidTo() {
    queue("audit", NOW);
    here.claim(NOW.plusNanos(123_456_000));
    assertThat(here.lease("audit").orElseThrow().until())
        .isEqualTo(NOW.plusNanos(123_456_000).plus(Lease.TERM));
  }

  @Test
  void aMessageIsKeptExactly() {
    queue("audit", NOW);
    here.settle("audit", AuditState.FAILED, "NUL \0, half a pair \uD83D, \1 and \uD83D\uDE00");
    assertThat(here.find("audit").orElseThrow().message())
        .isEqualTo("NUL \0, half a pair \uD83D, \1 and \uD83D\uDE00");
  }

  @Test
  void anAuditHasOneJob() {
    queue("audit", NOW);
    assertThatThrownBy(() -> queue("audit", NOW)).isInstanceOf(DuplicateException.class);
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
