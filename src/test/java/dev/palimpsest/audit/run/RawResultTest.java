package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Generation;
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
}
