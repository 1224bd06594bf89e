package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.page.ProvenanceFacts.Fact;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProvenanceFactsTest {
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  @Test
  void whatAllCheckpointsShareIsSaidOnce() {
    assertThat(
            ProvenanceFacts.of(Map.of("template of base", ONE, "template of tuned", ONE), Set.of()))
        .containsExactly(new Fact("Chat template, all checkpoints", ONE, true));
  }

  @Test
  void whatDiffersIsSaidOfEach() {
    assertThat(
            ProvenanceFacts.of(
                Map.of("tokenizer of base", ONE, "tokenizer of tuned", TWO), Set.of()))
        .containsExactlyInAnyOrder(
            new Fact("Tokenizer, base", ONE, true), new Fact("Tokenizer, tuned", TWO, true));
  }

  @Test
  void aDigestIsLeftOutOnlyWhereItIsShownElsewhere() {
    assertThat(
            ProvenanceFacts.of(
                Map.of("digest of base", ONE, "digest of another", TWO), Set.of(ONE)))
        .containsExactly(new Fact("digest of another", TWO, true));
  }

  @Test
  void timesAndNumbersAreWrittenForPeople() {
    assertThat(
            ProvenanceFacts.of(
                Map.of("frozen", "2026-11-24T06:30:19.074Z", "parameters", "134515008"), Set.of()))
        .containsExactly(
            new Fact("Plan frozen", "24 Nov 2026, 06:30:19 UTC", false),
            new Fact("Parameters of the base", "134\u202f515\u202f008", false));
  }
}
