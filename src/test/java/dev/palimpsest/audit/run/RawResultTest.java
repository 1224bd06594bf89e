package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Thought;
import dev.palimpsest.suite.ModelAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawResultTest {
  @Test
  void logProbabilitiesComeBackToTheLastBit() {
    float[] values = {-0.1f, -1.0e-38f, -123.45679f, Float.NEGATIVE_INFINITY, Float.NaN};
    RawResult raw =
        new RawResult.Scores(List.of(List.of(new ContinuationScore(values, true, false))));
    RawResult.Scores back = (RawResult.Scores) RawResult.fromJson(raw.toJson());
    ContinuationScore score = back.prompts().get(0).get(0);
    assertThat(score.tokenLogProbs()).containsExactly(values);
    assertThat(score.isGreedy()).isTrue();
    assertThat(score.truncated()).isFalse();
  }

  @Test
  void aTextComesBackWithItsTokensAndWhyItEnded() {
    Generation generation =
        new Generation(new int[] {5, 6}, "zwölf \u0000 \ud83d\ude00", Generation.Finish.LENGTH);
    RawResult.Text back =
        (RawResult.Text) RawResult.fromJson(new RawResult.Text(generation).toJson());
    assertThat(back.generation()).usingRecursiveComparison().isEqualTo(generation);
  }

  @Test
  void whatWasThoughtIsKeptApartFromTheAnswer() {
    Thought thought = new Thought("Two and two.", 5, true, "Four.");
    RawResult.Text back =
        (RawResult.Text) RawResult.fromJson(new RawResult.Text(thinking(thought)).toJson());
    assertThat(back.thought()).contains(thought);
    assertThat(back.answer()).isEqualTo(new ModelAnswer.Text("Four.", 2, false));
    assertThat(back.isCutInThinking()).isFalse();
  }

  /** Results that were stored before thinking was told apart stay byte by byte what they were. */
  @Test
  void aTextWithoutThinkingIsStoredAsEver() {
    Generation plain = new Generation(new int[] {5}, "a", Generation.Finish.END);
    assertThat(new RawResult.Text(plain).toJson())
        .isEqualTo("{\"generation\":{\"ids\":[5],\"text\":\"a\",\"finish\":\"END\"}}");
  }

  private static Generation thinking(Thought thought) {
    return new Generation(new int[7], "as it came", Generation.Finish.LENGTH, thought);
  }
}
