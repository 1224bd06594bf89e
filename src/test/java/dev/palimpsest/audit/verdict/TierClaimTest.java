package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which part of a suite a certificate rests on. */
final class TierClaimTest {
  private final List<PairBrief> pairs = new ArrayList<>();
  private final Map<String, String> tiers = new HashMap<>();
  private final Map<String, String> topics = new HashMap<>();

  @Test
  void aTierThatTheBaseGuessesAtIsLeftOutOfTheClaim() {
    add("easy", "a", 150, 2, 48);
    add("medium", "a", 120, 2, 78);
    add("hard", "a", 30, 0, 70); // 30 of 100, where guessing has 25

    assertThat(claim(Verdict.CERTIFIED))
        .isEqualTo(
            " Certified for easy and medium, on which alone any drop is proven below the margin"
                + " too; hard (30 of 100 right) is at chance on this base.");
  }

  @Test
  void whereTheRestAloneDoesNotProveItThatIsSaid() {
    add("easy", "a", 60, 2, 18);
    add("hard", "a", 30, 0, 70);

    assertThat(claim(Verdict.CERTIFIED))
        .startsWith(" The claim rests on easy, on which alone a drop of up to ")
        .endsWith("points is not excluded; hard (30 of 100 right) is at chance on this base.");
  }

  @Test
  void aTopicAtTheFloorIsNamed() {
    add("easy", "rivers", 150, 2, 48);
    add("easy", "tides", 1, 0, 7);

    assertThat(claim(Verdict.CERTIFIED))
        .isEqualTo(
            " The base has no more right than guessing would in the topic tides (1 of 8), of which"
                + " this says nothing.");
  }

  @Test
  void whatIsNotCertifiedClaimsNothing() {
    add("easy", "a", 150, 2, 48);
    add("hard", "a", 30, 0, 70);

    assertThat(claim(Verdict.INCONCLUSIVE)).isEmpty();
    assertThat(claim(Verdict.FAILED)).isEmpty();
  }

  @Test
  void whereTheBaseCanDoAllTiersNothingIsSaid() {
    add("easy", "a", 150, 2, 48);
    add("hard", "a", 60, 1, 39);

    assertThat(claim(Verdict.CERTIFIED)).isEmpty();
  }

  private String claim(Verdict verdict) {
    PlannedSuite suite =
        new PlannedSuite(
            "facts",
            "1.0.0",
            "cc",
            "knowledge",
            "accuracy",
            pairs.stream().map(PairBrief::itemId).toList(),
            0.05,
            0.25,
            tiers,
            topics,
            Map.of(),
            Map.of(),
            false);
    FindingsEvidence evidence =
        FindingsEvidence.of(suite, "tuned", pairs, 0.05, Optional.empty(), Rise.UNTOLD);
    return TierClaim.of(evidence, verdict, 0.05);
  }

  private void add(String tier, String topic, int bothRight, int lost, int bothWrong) {
    add(tier, topic, bothRight, Change.BOTH_RIGHT);
    add(tier, topic, lost, Change.LOST);
    add(tier, topic, bothWrong, Change.BOTH_WRONG);
  }

  private void add(String tier, String topic, int count, Change change) {
    for (int i = 0; i < count; i++) {
      String id = "item-" + pairs.size();
      pairs.add(new PairBrief(id, change, true, Double.NaN, Double.NaN));
      tiers.put(id, tier);
      topics.put(id, topic);
    }
  }
}
