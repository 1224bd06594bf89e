package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.SuiteHistory;
import dev.palimpsest.inference.DType;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier audits of a base saw, on a suite of ten items of which the base has six right. */
final class BaseHistoryTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final String BASE_DIGEST = "b".repeat(64);

  @TempDir private Path folder;
  private Database database;
  private AuditStore store;

  @BeforeEach
  void open() {
    database = Database.open(folder);
    store = new AuditStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theMedianOverTunesIsMovedNeitherByOneThatChangedNothingNorByOneThatForgotAll() {
    audit("first", 0, true, Map.of("null", 0, "usual", 2));
    audit("second", 1, true, Map.of("forgot", 6));

    assertThat(new BaseHistory(database).of(BASE_DIGEST))
        .containsOnly(Map.entry("facts", new SuiteHistory("facts", 3, 0.2, 0.6, 0.6)));
  }

  @Test
  void aTuneCountsOnceAsItWasLastSeen() {
    audit("first", 0, true, Map.of("tune", 5));
    audit("second", 1, true, Map.of("tune", 1));

    assertThat(new BaseHistory(database).of(BASE_DIGEST).get("facts"))
        .isEqualTo(new SuiteHistory("facts", 1, 0.1, 0.1, 0.6));
  }

  @Test
  void otherBasesAndAuditsThatDidNotEndSayNothing() {
    audit("stopped", 0, false, Map.of("tune", 5));

    assertThat(new BaseHistory(database).of(BASE_DIGEST)).isEmpty();
    assertThat(new BaseHistory(database).of("c".repeat(64))).isEmpty();
  }

  /** Each tune loses some of the items that the base has right. */
  private void audit(String id, int minute, boolean finished, Map<String, Integer> tunes) {
    List<String> ids = IntStream.range(0, 10).mapToObj(i -> "item-" + i).toList();
    AuditPlan plan =
        new AuditPlan(
            id,
            "quick",
            arm("base", Arm.Role.BASE),
            tunes.keySet().stream().sorted().map(name -> arm(name, Arm.Role.TUNED)).toList(),
            List.of(
                new PlannedSuite(
                    "facts", "1.0.0", "cc", "knowledge", "accuracy", ids, 0.05, 0.25, Map.of())),
            DType.FLOAT32,
            0.05,
            0);
    Instant at = START.plusSeconds(60L * minute);
    store.insert(new Audit(id, plan, "digest", at, Optional.empty()));
    List<AuditStore.NewOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      outcomes.add(outcome("base", i, i < 6));
      int item = i;
      tunes.forEach((name, lost) -> outcomes.add(outcome(name, item, item >= lost && item < 6)));
    }
    store.save(id, outcomes);
    if (finished) {
      store.finish(id, at.plusSeconds(30));
    }
  }

  private static AuditStore.NewOutcome outcome(String arm, int item, boolean right) {
    return new AuditStore.NewOutcome(
        new Outcome(
            "facts",
            "item-" + item,
            arm,
            Outcome.State.SCORED,
            right ? 1 : 0,
            "prompt",
            "output",
            "",
            "",
            Map.of()),
        Optional.empty(),
        Optional.empty());
  }

  private static Arm arm(String name, Arm.Role role) {
    String digest = role == Arm.Role.BASE ? BASE_DIGEST : name;
    return new Arm(name, role, Path.of("/models/base"), Optional.empty(), digest, BASE_DIGEST);
  }
}
