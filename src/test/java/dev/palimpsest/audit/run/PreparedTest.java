package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PreparedTest {
  private static final Item ITEM =
      new ChoiceItem(new Item.Head("k-1", Tier.EASY, "topic"), "Question?", List.of("a", "b"), 0);

  @Test
  void aPromptWithRoomForItsAnswerIsRun() {
    assertThat(generated(10, 6, 16).isRunnable()).isTrue();
  }

  @Test
  void aPromptWithoutRoomForItsAnswerIsTruncated() {
    Prepared.Obstacle obstacle = generated(11, 6, 16).obstacle().orElseThrow();
    assertThat(obstacle.state()).isEqualTo(Outcome.State.TRUNCATED);
    assertThat(obstacle.sentence())
        .isEqualTo("The prompt has 11 tokens and the answer may have 6, but the model takes 16.");
  }

  @Test
  void aContinuationWithoutTokensIsAnError() {
    Encoded prompt = new Encoded("", new int[] {1}, List.of(new int[] {2}, new int[0]));
    Prepared.Obstacle obstacle =
        new Prepared(ITEM, List.of(prompt), Optional.empty(), "key", 16).obstacle().orElseThrow();
    assertThat(obstacle.state()).isEqualTo(Outcome.State.ERROR);
    assertThat(obstacle.sentence()).startsWith("A choice has no tokens of its own");
  }

  @Test
  void aPromptWithoutTokensIsAnError() {
    assertThat(generated(0, 6, 16).obstacle().orElseThrow().state()).isEqualTo(Outcome.State.ERROR);
  }

  private static Prepared generated(int promptTokens, int answerTokens, int maxLength) {
    Encoded prompt = new Encoded("", new int[promptTokens], List.of());
    return new Prepared(
        ITEM, List.of(prompt), Optional.of(GenerateOptions.greedy(answerTokens)), "key", maxLength);
  }
}
