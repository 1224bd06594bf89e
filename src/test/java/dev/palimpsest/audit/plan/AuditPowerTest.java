package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected chances are from another program that sums the trinomial. */
final class AuditPowerTest {
  private static final double ALPHA = 0.05;
  private static final List<PlannedSuite> STANDARD =
      List.of(
          suite("instruction", 252),
          suite("knowledge", 275),
          suite("misalignment", 173),
          suite("reasoning", 363));
  private static final List<PlannedSuite> QUICK =
      STANDARD.stream().map(suite -> suite(suite.suite(), 100)).toList();

  @ParameterizedTest(name = "where {1} change sides, four gates of {0} all pass with {2}")
  @CsvSource({
    "standard, 0.05, 0.75", "standard, 0.10, 0.37", "standard, 0.20, 0.09",
    "quick, 0.05, 0.12", "quick, 0.10, 0.04", "quick, 0.20, 0.01"
  })
  void allGatesTogetherAreHarderThanEach(String depth, double discordance, double chance) {
    AuditPower power = AuditPower.of(depth.equals("quick") ? QUICK : STANDARD, ALPHA);

    assertThat(power.together())
        .filteredOn(one -> one.discordance() == discordance)
        .singleElement()
        .satisfies(one -> assertThat(one.chance()).isCloseTo(chance, within(0.006)));
    assertThat(power.suffices()).isFalse();
  }

  @Test
  void eachGateHasItsOwnChance() {
    assertThat(AuditPower.of(STANDARD, ALPHA).gates())
        .extracting(gate -> Math.round(100 * gate.scenarios().get(0).chance()))
        .containsExactly(94L, 96L, 83L, 99L);
  }

  @Test
  void aChanceUnderEightyPercentIsSaidWithWhatMendsIt() {
    AuditPower power = AuditPower.of(QUICK, ALPHA);

    assertThat(power.sentence())
        .isEqualTo(
            "A checkpoint that lost nothing passes all 4 gates together with a chance of 4% where"
                + " 10% of the items change sides (12% at 5%, 1% at 20%); for 80% it takes"
                + " 445 items in each suite, or a margin of 11.2 points.");
  }

  @Test
  void followingTheAdviceMendsIt() {
    List<AuditPower.Remedy> remedies = AuditPower.of(STANDARD, ALPHA).together().get(1).remedies();
    List<PlannedSuite> moreItems =
        STANDARD.stream().map(suite -> suite(suite.suite(), remedies.get(0).items())).toList();
    List<PlannedSuite> widerMargins =
        IntStream.range(0, 4)
            .mapToObj(i -> suite(STANDARD.get(i).suite(), items(i), remedies.get(i).margin()))
            .toList();

    assertThat(AuditPower.of(moreItems, ALPHA).suffices()).isTrue();
    assertThat(AuditPower.of(widerMargins, ALPHA).suffices()).isTrue();
    assertThat(AuditPower.of(widerMargins, ALPHA).sentence()).doesNotContain("it takes");
  }

  @Test
  void onlyGatesThatLackItemsAreNamed() {
    assertThat(AuditPower.of(List.of(suite("large", 2000), suite("small", 100)), ALPHA).sentence())
        .contains("for 80% it takes small 357 items or a margin of")
        .doesNotContain("large");
  }

  private static int items(int suite) {
    return STANDARD.get(suite).itemIds().size();
  }

  private static PlannedSuite suite(String id, int items) {
    return suite(id, items, 0.05);
  }

  private static PlannedSuite suite(String id, int items, double margin) {
    List<String> ids = IntStream.range(0, items).mapToObj(i -> "item-" + i).toList();
    return new PlannedSuite(id, "1.0.0", "00", id, "accuracy", ids, margin, 0.25, Map.of());
  }
}
