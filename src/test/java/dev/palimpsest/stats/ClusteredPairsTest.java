package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Items that hang together. The golden figures are of numpy by the definition of CR2 with matrices,
 * of statsmodels 0.15 (CR1) and of scipy 1.17, for 18 items in eight uneven clusters.
 */
final class ClusteredPairsTest {
  private static final int[] DROPS = {1, 1, 0, -1, 0, 0, 1, 0, 0, 0, 0, -1, 1, 1, 1, 0, 0, 0};
  private static final List<String> CLUSTERS =
      "000112222334555567".codePoints().mapToObj(Character::toString).toList();

  /** scipy.stats.t.ppf(0.95, 5.261317326336078), from the interval below: (high − mean) / error. */
  private static final double STUDENT =
      (0.6079569554886716 - 0.2222222222222222) / 0.19353026395555856;

  @Test
  void theBiasReducedErrorAndItsDegreesOfFreedomAreThoseOfTheDefinition() {
    PairedT robust = PairedT.robust(doubles(DROPS), CLUSTERS);

    assertThat(robust.mean()).isCloseTo(0.2222222222222222, within(1e-12));
    assertThat(robust.standardError()).isCloseTo(0.19353026395555856, within(1e-9));
    assertThat(robust.degreesOfFreedom()).isCloseTo(5.261317326336078, within(1e-9));
    assertThat(robust.interval(0.90).low()).isCloseTo(-0.16351251104422715, within(1e-6));
    assertThat(robust.interval(0.90).high()).isCloseTo(0.6079569554886716, within(1e-6));
  }

  @Test
  void theDesignEffectIsTheRatioOfTheVariances() {
    ClusteredPairs pairs = ClusteredPairs.of(DROPS, new boolean[18], CLUSTERS);

    assertThat(pairs.designEffect()).isCloseTo(1.6116908482142864, within(1e-9));
    assertThat(pairs.degreesOfFreedom()).isCloseTo(5.261317326336078, within(1e-9));
    assertThat(pairs.clusters()).isEqualTo(8);
    assertThat(pairs.largest()).isEqualTo(4);
    assertThat(pairs.effectiveItems()).isCloseTo(18 / 1.6116908482142864, within(1e-9));
  }

  /** At either end the score is Student's quantile with 5.26 degrees (scipy), times the root. */
  @Test
  void theIntervalIsTangosWithAWiderQuantile() {
    ClusteredPairs pairs = ClusteredPairs.of(DROPS, new boolean[18], CLUSTERS);
    Interval interval = pairs.interval(0.90);
    double widened = STUDENT * Math.sqrt(pairs.designEffect());

    assertThat(Tango.z(pairs.table(), interval.low())).isCloseTo(widened, within(1e-5));
    assertThat(Tango.z(pairs.table(), interval.high())).isCloseTo(-widened, within(1e-5));
    assertThat(interval.low()).isLessThan(Tango.interval(pairs.table(), 0.90).low());
    assertThat(pairs.below(interval.high())).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void itemsThatStandAloneGiveTangosInterval() {
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < DROPS.length; i++) {
      alone.add("item-" + i);
    }
    ClusteredPairs pairs = ClusteredPairs.of(DROPS, new boolean[18], alone);

    assertThat(pairs.designEffect()).isCloseTo(1, within(1e-12));
    assertThat(pairs.degreesOfFreedom()).isCloseTo(17, within(1e-9));
    assertThat(pairs.isClustered()).isFalse();
    assertThat(pairs.interval(0.90)).isEqualTo(Tango.interval(pairs.table(), 0.90));
  }

  /** A cluster that loses here what it gains there would narrow the interval, and does not. */
  @Test
  void noClusterNarrowsAnInterval() {
    ClusteredPairs pairs =
        ClusteredPairs.of(
            new int[] {1, -1, 1, -1, 0, 0}, new boolean[6], List.of("a", "a", "b", "b", "c", "c"));

    assertThat(pairs.designEffect()).isLessThan(1);
    assertThat(pairs.interval(0.90)).isEqualTo(Tango.interval(pairs.table(), 0.90));
    assertThat(PairedT.cautious(new double[] {1, -1, 0}, List.of("a", "a", "b")))
        .isEqualTo(PairedT.of(new double[] {1, -1, 0}));
  }

  @Test
  void whereNothingChangedNoEffectIsSeen() {
    assertThat(ClusteredPairs.of(new int[4], new boolean[4], List.of("a", "a", "b", "b")))
        .extracting(ClusteredPairs::designEffect)
        .isEqualTo(1.0);
    assertThatThrownBy(() -> ClusteredPairs.of(new int[2], new boolean[2], List.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** All 256 signs of the cluster sums 2, −1, 1, 0, −1, 3, 0, 0, counted out with Python. */
  @Test
  void signsAreCountedOutByCluster() {
    assertThat(SignFlip.midP(new int[] {2, -1, 1, 0, -1, 3, 0, 0})).isCloseTo(0.375, within(1e-12));
  }

  /** scipy: 2 P(X ≤ 3) − P(X = 3) of Bin(14, ½). */
  @Test
  void whereEveryClusterIsOneItemItIsMcNemar() {
    int[] sums = new int[20];
    Arrays.fill(sums, 0, 3, -1);
    Arrays.fill(sums, 3, 14, 1);

    assertThat(SignFlip.midP(sums)).isCloseTo(0.03515625, within(1e-12));
    assertThat(McNemar.midP(new PairedTable(6, 11, 3, 0))).isCloseTo(0.03515625, within(1e-12));
    assertThat(McNemar.exact(new PairedTable(10, 3, 11, 5)))
        .isCloseTo(0.057373046875, within(1e-12));
    assertThat(SignFlip.midP(new int[] {1, -1})).isEqualTo(1);
  }

  /** scipy.stats.permutation_test with 200,000 draws: 0.00145. */
  @Test
  void randomSignsComeNearTheExactP() {
    assertThat(SignFlip.pValue(LEADS, 10_000, 1)).isCloseTo(0.00145, within(0.0012));
    assertThat(SignFlip.pValue(LEADS, 10_000, 1)).isEqualTo(SignFlip.pValue(LEADS, 10_000, 1));
  }

  /** scipy.stats.bootstrap, BCa, 200,000 draws: [−1.0650, −0.3825]; another seed, another draw. */
  @Test
  void theBootstrapIsThatOfScipyButForTheDraw() {
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < LEADS.length; i++) {
      alone.add("item-" + i);
    }
    Interval interval =
        ClusterBootstrap.of(LEADS, alone).interval(0.90, ClusterBootstrap.DRAWS, 20260101);

    assertThat(interval.low()).isCloseTo(-1.0650, within(0.02));
    assertThat(interval.high()).isCloseTo(-0.3825, within(0.01));
  }

  @Test
  void wholeClustersAreDrawn() {
    SplittableRandom random = new SplittableRandom(3);
    double[] deltas = new double[120];
    List<String> clusters = new ArrayList<>();
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = i % 6 == 0 ? random.nextDouble() : deltas[i - 1];
      clusters.add("c" + i / 6);
    }
    Interval found = ClusterBootstrap.of(deltas, clusters).interval(0.90, 2000, 1);
    Interval robust = PairedT.robust(deltas, clusters).interval(0.90);

    assertThat(found.low()).isCloseTo(robust.low(), within(0.03));
    assertThat(found.high()).isCloseTo(robust.high(), within(0.03));
    assertThatThrownBy(() -> ClusterBootstrap.of(new double[] {1, 2}, List.of("a", "a")))
        .hasMessageContaining("two clusters");
  }

  private static final double[] LEADS = {
    -.8, -.2, .1, -1.5, -.6, -.4, -.9, .3, -1.1, -.5, -2.7, .2, .05, -.35, -.75, -3.1, .6, -.15,
    -.45, -.95
  };

  private static double[] doubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
