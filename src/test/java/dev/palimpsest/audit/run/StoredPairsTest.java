package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.inference.DType;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database answers is what a list of all pairs would. */
final class StoredPairsTest {
  private static final int ITEMS = 40;
  private static final List<String> ARMS = List.of("base", "tuned");

  private final Database database = Database.inMemory();
  private final AuditStore store = new AuditStore(database);
  private final Audit audit = audit();
  private final Tally tally = new Tally(audit.plan());
  private final SuitePairs stored =
      new StoredPairs(
          database,
          audit,
          audit.plan().suites().get(0),
          "tuned",
          () -> {
            tally.refresh(id -> store.entriesAfter("a", id));
            return tally;
          });

  /** The interface's own ways of reading, without the store's shorter ones. */
  @SuppressWarnings("UnnecessaryMethodReference")
  private final SuitePairs listed = stored::all;

  @BeforeEach
  void saveInAnotherOrderThanThePlans() {
    store.insert(audit);
    List<AuditStore.NewOutcome> outcomes = new ArrayList<>();
    Random random = new Random(5);
    for (String arm : ARMS) {
      for (int i = 0; i < ITEMS - (arm.equals("base") ? 0 : 3); i++) {
        outcomes.add(outcome(arm, i, random));
      }
    }
    Collections.shuffle(outcomes, random);
    store.save("a", outcomes);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void pairsComeWholeAndInPlanOrder() {
    assertThat(stored.all())
        .hasSize(ITEMS - 3)
        .extracting(pair -> pair.base().itemId())
        .isSubsetOf(audit.plan().suites().get(0).itemIds())
        .isSortedAccordingTo((a, b) -> place(a) - place(b));
  }

  @Test
  void countsAndBriefsAreThoseOfThePairs() {
    assertThat(stored.briefs()).isEqualTo(listed.briefs());
    assertThat(stored.counts()).isEqualTo(listed.counts());
  }

  @Test
  void lengthsOfPromptsAreReadWithoutThePrompts() {
    assertThat(stored.promptLengths()).containsEntry("item-7", "prompt 2".length());
  }

  @Test
  void someItemsAreReadAlone() {
    List<String> some = List.of("item-30", "item-2", "other");
    assertThat(stored.of(some)).hasSize(2).isEqualTo(listed.of(some));
  }

  @Test
  void aReaderDoesNotKeepTheJobFromStoringOutcomes() {
    stored.forEach(
        pair -> {
          if (pair.base().itemId().equals("item-4")) {
            store.save("a", List.of(outcome("tuned", ITEMS - 1, new Random(1))));
          }
        });
    assertThat(store.countOutcomes("a")).isEqualTo(2 * ITEMS - 2);
    assertThat(stored.counts().values().stream().mapToInt(n -> n).sum()).isEqualTo(ITEMS - 2);
  }

  @Test
  void aTextThatManyShareIsStoredOnce() {
    int texts =
        database.read(
            handle ->
                handle
                    .createQuery("select count(*) from text_body where body = 'prompt 1'")
                    .mapTo(Integer.class)
                    .one());
    assertThat(texts).isEqualTo(1);
  }

  private int place(String item) {
    return audit.plan().suites().get(0).itemIds().indexOf(item);
  }

  private static AuditStore.NewOutcome outcome(String arm, int i, Random random) {
    Outcome.State state = random.nextInt(8) == 0 ? Outcome.State.TRUNCATED : Outcome.State.SCORED;
    Outcome outcome =
        new Outcome(
            "suite",
            "item-" + i,
            arm,
            state,
            state == Outcome.State.SCORED && random.nextBoolean() ? 1 : 0,
            "prompt " + i % 5,
            "Answer " + random.nextInt(4),
            "extracted",
            "Because.",
            i % 3 == 0 ? Map.of() : Map.of("margin", random.nextDouble()));
    return new AuditStore.NewOutcome(outcome, Optional.empty(), Optional.empty());
  }

  private static Audit audit() {
    List<String> items =
        new ArrayList<>(IntStream.range(0, ITEMS).mapToObj(i -> "item-" + i).toList());
    Collections.shuffle(items, new Random(3));
    AuditPlan plan =
        new AuditPlan(
            "pairs",
            "quick",
            arm("base", Arm.Role.BASE),
            List.of(arm("tuned", Arm.Role.TUNED)),
            List.of(
                new PlannedSuite(
                    "suite", "1.0.0", "cc", "knowledge", "accuracy", items, 0.05, 0, Map.of())),
            DType.FLOAT32,
            0.05,
            0);
    return new Audit("a", plan, "digest", Instant.parse("2026-01-02T03:04:05Z"), Optional.empty());
  }

  private static Arm arm(String name, Arm.Role role) {
    return new Arm(name, role, Path.of("/models/" + name), Optional.empty(), "aa", "aa");
  }
}
