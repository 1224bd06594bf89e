package dev.palimpsest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ledger, as every database has to keep it. */
abstract class LedgerContract {
  private final Database database = fresh();
  private final Ledger ledger = new Ledger(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyRowIsChainedToTheOneBefore() {
    Ledger.Head first = ledger.add(entry("a1"));
    Ledger.Head second = ledger.add(entry("a2"));

    List<LedgerRow> rows = rows();
    assertThat(rows).extracting(LedgerRow::seq).containsExactly(1L, 2L);
    assertThat(first.hash()).isEqualTo(LedgerRow.chain("0".repeat(64), rows.get(0).digest()));
    assertThat(second.hash()).isEqualTo(LedgerRow.chain(first.hash(), rows.get(1).digest()));
    assertThat(rows.get(0).body())
        .contains("\"action\":\"audit.planned\"")
        .contains("\"object\":{\"digest\":\"d\",\"id\":\"a1\",\"type\":\"audit\"}")
        .contains("\"details\":{\"title\":\"Zoë \\u0000 \uD83D\uDE00\"}");
    assertThat(ledger.head()).isEqualTo(second);
    assertThat(ledger.first("audit", "a2")).contains(2L);
    assertThat(ledger.fault()).isEmpty();
  }

  @Test
  void whatDoesNotHappenIsNotInIt() {
    assertThatThrownBy(
            () ->
                database.write(
                    handle -> {
                      Ledger.append(handle, entry("a1"));
                      throw new IllegalStateException("the transaction fails");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(rows()).isEmpty();
    assertThat(ledger.add(entry("a2")).seq()).isEqualTo(1);
  }

  @Test
  void transactionsAtTheSameTimeMakeOneChain() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(6);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int name = i;
      work.add(
          many.submit(
              () -> {
                for (int k = 0; k < 8; k++) {
                  ledger.add(entry("a" + name + "-" + k));
                }
              }));
    }
    for (Future<?> one : work) {
      one.get();
    }
    many.shutdown();

    assertThat(rows())
        .extracting(LedgerRow::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 48).boxed().toList());
    assertThat(ledger.fault()).isEmpty();
  }

  @Test
  void aRowThatWasChangedIsNamed() {
    addThree();
    database.write(handle -> handle.execute("update ledger set body = replace(body, 'a2', 'a9')"));
    assertThat(ledger.fault()).hasValueSatisfying(f -> assertThat(f).startsWith("Row 2 of"));
  }

  @Test
  void aRowThatWasTakenOutIsNamed() {
    addThree();
    database.write(handle -> handle.execute("delete from ledger where seq = 2"));
    assertThat(ledger.fault()).contains("After row 1 of the ledger comes row 3.");
  }

  @Test
  void aTailThatWasCutOffIsMissed() {
    addThree();
    database.write(handle -> handle.execute("delete from ledger where seq = 3"));
    assertThat(ledger.fault())
        .hasValueSatisfying(f -> assertThat(f).contains("ends with row 2 but its last row was 3"));
  }

  @Test
  void signedHeadsAreKept() {
    Ledger.Head head = ledger.add(entry("a1"));
    ledger.keep(head, "key", "{\"old\":1}");
    ledger.keep(head, "key", "{\"new\":1}");
    assertThat(ledger.signatures()).containsExactly("{\"new\":1}");
  }

  private void addThree() {
    List.of("a1", "a2", "a3").forEach(id -> ledger.add(entry(id)));
  }

  private List<LedgerRow> rows() {
    List<LedgerRow> rows = new ArrayList<>();
    ledger.forEach(1, rows::add);
    return rows;
  }

  private static LedgerEntry entry(String id) {
    return LedgerEntry.ofAudit(
        "audit.planned",
        LedgerEntry.Actor.LOCAL,
        id,
        "d",
        Map.of("title", "Zoë \u0000 \uD83D\uDE00"));
  }
}
