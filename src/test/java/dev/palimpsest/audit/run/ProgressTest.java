package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.run.Effort.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final List<AuditStatus> heard = new ArrayList<>();
  private final Progress progress =
      new Progress(
          "a", 10, 60, new Effort(Map.of(Kind.READING, 4000.0, Kind.WRITING, 900.0)), heard::add);

  @Test
  void thereIsNoEstimateBeforeTheFirstBatch() {
    assertThat(progress.status().secondsLeft()).isEqualTo(-1);
    assertThat(progress.status().total()).isEqualTo(70);
  }

  @Test
  void thereIsNoEstimateWhileOneKindOfWorkIsUnknown() {
    write(10, 100, 50);
    write(10, 100, 50);
    assertThat(progress.status().secondsLeft()).isEqualTo(-1);
  }

  @Test
  void whatIsLeftIsEstimatedByItsEffortAndNotByItsItems() {
    write(1, 100, 90);
    write(9, 200, 50);
    read(5, 1000, 60);
    read(5, 1000, 5);
    // 600 tokens at 4 a second and 2000 characters at 200 a second; the first batches warm up.
    assertThat(progress.status().secondsLeft()).isEqualTo(160);
    assertThat(progress.status().done()).isEqualTo(30);
  }

  @Test
  void reusedOutcomesAreNotLeftAndSayNothingAboutThePace() {
    progress.count(20, effort(Kind.WRITING, 900), new Effort(Map.of()), Duration.ofMillis(5));
    assertThat(progress.status().secondsLeft()).isEqualTo(-1);
    assertThat(progress.status().done()).isEqualTo(30);
    read(10, 1000, 5);
    read(10, 1000, 5);
    assertThat(progress.status().secondsLeft()).isEqualTo(10);
  }

  @Test
  void everyChangeIsHeard() {
    progress.say("Loading");
    read(1, 100, 1);
    assertThat(heard).extracting(AuditStatus::step).containsExactly("Loading", "Loading");
  }

  private void write(int items, double tokens, int seconds) {
    Effort effort = effort(Kind.WRITING, tokens);
    progress.count(items, effort, effort, Duration.ofSeconds(seconds));
  }

  private void read(int items, double characters, int seconds) {
    Effort effort = effort(Kind.READING, characters);
    progress.count(items, effort, effort, Duration.ofSeconds(seconds));
  }

  private static Effort effort(Kind kind, double amount) {
    return new Effort(Map.of(kind, amount));
  }
}
