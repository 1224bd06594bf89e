package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final List<AuditStatus> heard = new ArrayList<>();
  private final Progress progress =
      new Progress("a", 10, Map.of("slow", 20, "fast", 40), heard::add);

  @Test
  void thereIsNoEstimateBeforeTheFirstBatch() {
    assertThat(progress.status().secondsLeft()).isEqualTo(-1);
    assertThat(progress.status().total()).isEqualTo(70);
  }

  @Test
  void eachSuiteIsEstimatedAtItsOwnPace() {
    progress.count("slow", 10, 10, Duration.ofSeconds(50));
    progress.count("fast", 10, 10, Duration.ofSeconds(1));
    // 10 left at 5 s and 30 left at 0.1 s
    assertThat(progress.status().secondsLeft()).isEqualTo(53);
    assertThat(progress.status().done()).isEqualTo(30);
  }

  @Test
  void aSuiteThatHasNotRunIsTakenForAnAverageOne() {
    progress.count("slow", 10, 10, Duration.ofSeconds(50));
    assertThat(progress.status().secondsLeft()).isEqualTo(10 * 5 + 40 * 5);
  }

  @Test
  void reusedOutcomesSayNothingAboutThePace() {
    progress.count("slow", 10, 0, Duration.ofMillis(5));
    assertThat(progress.status().secondsLeft()).isEqualTo(-1);
    assertThat(progress.status().done()).isEqualTo(20);
  }

  @Test
  void everyChangeIsHeard() {
    progress.say("Loading");
    progress.count("fast", 1, 1, Duration.ofSeconds(1));
    assertThat(heard).extracting(AuditStatus::step).containsExactly("Loading", "Loading");
  }
}
