package dev.palimpsest.audit.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ninety items in three tiers, every fifth two of which share a passage. */
final class HalvesTest {
  private static final List<String> IDS =
      IntStream.range(0, 90).mapToObj(i -> "item-" + i).toList();
  private static final PlannedSuite SUITE = suite(IDS);

  @Test
  void everyItemIsInOneHalf() {
    Halves halves = Halves.of(SUITE, 7);

    assertThat(halves.a()).hasSize(45).doesNotContainAnyElementsOf(halves.b());
    assertThat(halves.b()).hasSize(45);
  }

  @Test
  void tiersAreSplitEvenly() {
    Halves halves = Halves.of(SUITE, 7);

    for (String tier : List.of("easy", "medium", "hard")) {
      long inA = halves.a().stream().filter(id -> SUITE.tiers().get(id).equals(tier)).count();
      assertThat(inA).as(tier).isBetween(14L, 16L);
    }
  }

  @Test
  void whatSharesAClusterStaysTogether() {
    Halves halves = Halves.of(SUITE, 7);

    for (int i = 0; i < 90; i += 10) {
      Set<String> pair = Set.of("item-" + i, "item-" + (i + 3));
      assertThat(halves.a().containsAll(pair) || halves.b().containsAll(pair)).isTrue();
    }
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(Halves.of(SUITE, 7)).isEqualTo(Halves.of(suite(reversed()), 7));
    assertThat(Halves.of(SUITE, 7)).isNotEqualTo(Halves.of(SUITE, 8));
  }

  private static List<String> reversed() {
    return IntStream.range(0, 90).mapToObj(i -> "item-" + (89 - i)).toList();
  }

  private static PlannedSuite suite(List<String> ids) {
    Map<String, String> tiers = new HashMap<>();
    Map<String, String> clusters = new HashMap<>();
    for (int i = 0; i < 90; i++) {
      tiers.put("item-" + i, List.of("easy", "medium", "hard").get(i % 3));
    }
    for (int i = 0; i < 90; i += 10) {
      clusters.put("item-" + i, "passage-" + i);
      clusters.put("item-" + (i + 3), "passage-" + i);
    }
    return new PlannedSuite(
        "reading",
        "1.0.0",
        "00",
        "reading",
        "accuracy",
        ids,
        0.05,
        0,
        tiers,
        Map.of(),
        clusters,
        Map.of(),
        false);
  }
}
