package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.Lease;
import dev.palimpsest.storage.LeaseOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes over one database check each checkpoint once, whichever of them dies. */
abstract class CheckLeaseContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final String SOUND = "";

  final Database database = fresh();
  private final CheckpointRows checkpoints = new CheckpointRows(database);
  private final CheckRows here = new CheckRows(database, "here");
  private final CheckRows there = new CheckRows(database, "there");
  private final List<CheckpointRegistry> nodes = new ArrayList<>();

  @TempDir Path folder;

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    nodes.forEach(CheckpointRegistry::close);
    database.close();
  }

  @Test
  void theCheckOfALivingProcessIsLeftAlone() {
    add("a");
    assertThat(here.begin("a", State.REJECTED, NOW)).isTrue();
    assertThat(there.claimAbandoned(NOW.plus(Lease.TERM).minusSeconds(1))).isEmpty();
    here.renew("a", NOW.plusSeconds(50));
    assertThat(there.claimAbandoned(NOW.plus(Lease.TERM).plusSeconds(1))).isEmpty();
  }

  @Test
  void aCheckWhoseLeaseRanOutIsTakenByOneAndSettledByNobodyElse() {
    add("a");
    here.begin("a", State.REJECTED, NOW);
    Instant later = NOW.plus(Lease.TERM).plusSeconds(1);
    assertThat(there.claimAbandoned(later)).containsExactly("a");
    assertThat(new CheckRows(database, "third").claimAbandoned(later)).isEmpty();
    assertThat(here.renew("a", later)).isFalse();
    assertThat(here.ready("a", Path.of("/here"), outcome(SOUND))).isFalse();
    assertThat(here.rejected("a", "late", null)).isFalse();
    assertThat(here.takeBack("a", "late", List.of(), later)).isFalse();
    assertThat(there.ready("a", Path.of("/there"), outcome(SOUND))).isTrue();
    assertThat(checkpoints.find("a").orElseThrow())
        .extracting(RegisteredCheckpoint::state, RegisteredCheckpoint::location)
        .containsExactly(State.READY, Path.of("/there"));
    assertThat(there.rejected("a", "twice", null)).isFalse();
  }

  @Test
  void theCheckOfAProcessThatEndedIsTakenAtOnce() throws Exception {
    add("a");
    new CheckRows(database, ended()).begin("a", State.REJECTED, NOW);
    assertThat(here.claimAbandoned(NOW)).containsExactly("a");
  }

  @Test
  void aCheckThatWasGivenBackOrThatNoLeaseNamesIsTakenAtOnce() {
    add("a");
    here.begin("a", State.REJECTED, NOW);
    here.release(List.of("a"));
    assertThat(there.claimAbandoned(NOW)).containsExactly("a");
    database.write(handle -> handle.execute("update checkpoint set lease_owner = null"));
    assertThat(here.claimAbandoned(NOW)).containsExactly("a");
  }

  @Test
  void whoHasTheDatabaseAloneTakesTheChecksOfAllOthers() {
    add("a");
    add("b");
    here.begin("a", State.REJECTED, NOW);
    there.begin("b", State.REJECTED, NOW);
    assertThat(there.claimOthers(NOW)).containsExactly("a");
  }

  @Test
  void aNodeTakesOverTheCheckOfOneThatDied() throws Exception {
    add("a");
    new CheckRows(database, ended()).begin("a", State.REJECTED, Instant.now());
    Node second = new Node(Duration.ZERO, SOUND);
    second.mayGoOn.release();
    second.registry.recover();
    await(() -> state("a") == State.READY);
    assertThat(second.looked.availablePermits()).isEqualTo(1);
    assertThat(told("a")).containsExactly("checkpoint.registered", "checkpoint.accepted");
  }

  @Test
  void ofTwoNodesAtOneCheckTheOneThatHasTheLeaseSettlesIt() throws Exception {
    Node slow = new Node(Duration.ZERO, "The slow one says it is broken.");
    String id = slow.register("model");
    slow.looked.acquire();
    Node second = new Node(Lease.TERM.plusSeconds(1), SOUND);
    second.registry.recover();
    second.looked.acquire();
    slow.mayGoOn.release();
    slow.finishQueue();
    assertThat(state(id)).isEqualTo(State.CHECKING);
    second.mayGoOn.release();
    await(() -> state(id) == State.READY);
    assertThat(told(id)).containsExactly("checkpoint.registered", "checkpoint.accepted");
    assertThat(second.registry.get(id).problem()).isEmpty();
  }

  /** One process of several, as far as a database can tell. */
  final class Node {
    final Semaphore looked = new Semaphore(0);
    final Semaphore mayGoOn = new Semaphore(0);
    final CheckpointRegistry registry;

    /**
     * Creates a node.
     *
     * @param ahead how far its clock is before the others'
     * @param problem what it finds wrong with each checkpoint, "" for nothing
     */
    Node(Duration ahead, String problem) {
      CheckpointCheck check =
          new CheckpointCheck() {
            @Override
            public Outcome check(Path location, Optional<Path> base) {
              looked.release();
              mayGoOn.acquireUninterruptibly();
              return outcome(problem);
            }

            @Override
            public long checkHead(String name, long length, byte[] head) {
              return 0;
            }
          };
      registry =
          new CheckpointRegistry(
              database,
              folder.resolve("data"),
              AllowedRoots.of(List.of(folder)),
              check,
              new FreeSpace(() -> Long.MAX_VALUE, 0),
              UploadTimes.standard(),
              Clock.offset(Clock.systemUTC(), ahead));
      nodes.add(registry);
    }

    String register(String name) throws Exception {
      Path files = Files.createDirectories(folder.resolve(name));
      NewCheckpoint said = new NewCheckpoint(name, Kind.BASE, Optional.empty());
      return registry.registerPath(said, files.toString()).id();
    }

    /** Waits until all that was queued here before is over: checks run one after the other. */
    void finishQueue() throws Exception {
      String last = register("last of " + System.identityHashCode(this));
      looked.acquire();
      mayGoOn.release();
      await(() -> state(last) != State.CHECKING);
    }
  }

  interface Condition {
    boolean holds();
  }

  static void await(Condition condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
  }

  State state(String id) {
    return checkpoints.find(id).orElseThrow().state();
  }

  /** Returns what the ledger says happened to a checkpoint. */
  private List<String> told(String id) throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    List<String> bodies = new ArrayList<>();
    new Ledger(database).forEach(1, row -> bodies.add(row.body()));
    for (String body : bodies) {
      entries.add(Json.mapper().readTree(body));
    }
    return entries.stream()
        .filter(entry -> entry.at("/object/id").asText().equals(id))
        .map(entry -> entry.path("action").asText())
        .toList();
  }

  private static String ended() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    LeaseOwner self = LeaseOwner.ofThisProcess();
    return new LeaseOwner(self.machine(), ended.pid(), 1, "x").text();
  }

  private static CheckpointCheck.Outcome outcome(String problem) {
    return new CheckpointCheck.Outcome(
        "digest", 7, false, List.of(), "{}", Optional.of(problem).filter(text -> !text.isEmpty()));
  }

  private void add(String id) {
    RegisteredCheckpoint row =
        new RegisteredCheckpoint(
            id,
            id,
            Kind.BASE,
            Optional.empty(),
            Origin.PATH,
            folder,
            10,
            Optional.empty(),
            Optional.empty(),
            State.REJECTED,
            Optional.empty(),
            NOW);
    database.write(handle -> checkpoints.insert(handle, row));
  }
}
