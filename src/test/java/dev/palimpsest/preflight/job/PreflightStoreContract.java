package dev.palimpsest.preflight.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.preflight.facts.FactMode;
import dev.palimpsest.preflight.facts.StoredAnswers;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks at training files and a base's answers, as every database has to keep them. */
abstract class PreflightStoreContract {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database = fresh();
  private final PreflightStore store = new PreflightStore(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void oneIsUnderWayUntilItIsSettledAndComesBackWhole() {
    store.insert("a", request("SmolLM2 \uD83D\uDE00"), AT);
    assertThat(store.find("a").orElseThrow().isRunning()).isTrue();

    store.settle("a", StoredPreflight.State.DONE, "", "{\"rows\":\"\u0000\"}");

    assertThat(store.find("a"))
        .contains(
            new StoredPreflight(
                "a",
                "SmolLM2 \uD83D\uDE00",
                "",
                "train.jsonl",
                "ada",
                StoredPreflight.State.DONE,
                "",
                "{\"rows\":\"\u0000\"}",
                AT));
    assertThat(store.find("b")).isEmpty();
  }

  @Test
  void theNewestComeFirstAndWithoutTheirResults() {
    store.insert("a", request("base"), AT);
    store.insert("b", request("base"), AT.plusSeconds(1));
    store.settle("b", StoredPreflight.State.DONE, "", "{}");

    assertThat(store.newest(5)).extracting(StoredPreflight::id).containsExactly("b", "a");
    assertThat(store.newest(1)).singleElement().extracting(StoredPreflight::result).isEqualTo("");
  }

  @Test
  void whatNobodyIsAtAnyMoreHasFailed() {
    store.insert("a", request("base"), AT);
    store.insert("b", request("base"), AT);
    store.settle("b", StoredPreflight.State.DONE, "", "{}");

    store.interrupt();

    assertThat(store.find("a").orElseThrow().state()).isEqualTo(StoredPreflight.State.FAILED);
    assertThat(store.find("a").orElseThrow().message()).contains("ask again");
    assertThat(store.find("b").orElseThrow().isDone()).isTrue();
  }

  @Test
  void whatIsRemovedIsGoneAndIsNotSettled() {
    store.insert("a", request("base"), AT);

    store.remove("a");
    store.settle("a", StoredPreflight.State.DONE, "", "{}");

    assertThat(store.find("a")).isEmpty();
  }

  @Test
  void answersAreKeptUnderTheirKeyAndTheFirstStay() {
    StoredAnswers answers = new StoredAnswers(database);
    answers.keep("k", "[\"one\u0000\"]");
    answers.keep("k", "[\"two\"]");

    assertThat(answers.find("k")).contains("[\"one\u0000\"]");
    assertThat(answers.find("other")).isEmpty();
  }

  private static PreflightRequest request(String base) {
    return new PreflightRequest(
        new PreflightRequest.Checkpoint("b1", base, Path.of("/models/base")),
        "00",
        false,
        Optional.empty(),
        Path.of("/data/train.jsonl"),
        2048,
        FactMode.LITE,
        "ada");
  }
}
