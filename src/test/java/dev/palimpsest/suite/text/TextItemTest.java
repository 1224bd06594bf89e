package dev.palimpsest.suite.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.UnscorableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A passage is neither right nor wrong: its likelihood is measured.
 *
 * <p>The same by transformers in float32 on SmolLM2-135M-Instruct (the demo's file), loss per token
 * and bits per byte: text-en-001 4.624994 and 1.508896 (154 tokens), text-de-004 3.876061 and
 * 2.112252 (346 tokens), text-en-060 4.288992 and 1.490596 (172 tokens); an audit stores these to
 * the fifth digit.
 */
final class TextItemTest {
  private static final TextItem ITEM =
      new TextItem(new Item.Head("t-1", Tier.EASY, "letter"), Optional.of("de"), "Schöne Grüße");

  @Test
  void theWholePassageIsAskedForAndNothingStandsBeforeIt() {
    Question question = ITEM.questions().get(0);

    assertThat(ITEM.questions()).hasSize(1);
    assertThat(question.continuations()).containsExactly("Schöne Grüße");
    assertThat(question.bare()).isTrue();
  }

  @Test
  void theLossIsPerTokenAndTheBitsArePerByteOfUtf8() {
    Score score = grade(-12);

    Evidence.Passage passage = (Evidence.Passage) score.evidence();
    assertThat(passage.loss()).isEqualTo(3);
    assertThat(passage.tokens()).isEqualTo(4);
    // 12 characters, of which ö, ü and ß take two bytes each: 12 / ln 2 / 15
    assertThat(passage.bitsPerByte()).isCloseTo(1.154156, within(1e-6));
    assertThat(score.value()).isCloseTo(Math.exp(-3), within(1e-12));
    assertThat(score.explanation())
        .isEqualTo("Loss 3.000 nats per token over 4 tokens, 1.154 bits per byte.");
  }

  @Test
  void whatIsStoredIsKnownAgainAsAPassage() {
    Evidence stored = grade(-12).evidence();

    assertThat(Evidence.of(stored.figures())).isEqualTo(stored);
    assertThat(stored.isPicked()).isFalse();
    assertThat(stored.margin()).isEmpty();
  }

  @Test
  void whatIsNotFiniteIsNotScored() {
    assertThatThrownBy(() -> grade(Double.NaN))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining("t-1");
  }

  private static Score grade(double sum) {
    return ITEM.grade(new ModelAnswer.LogProbs(List.of(List.of(new LogProb(sum, 4)))));
  }
}
