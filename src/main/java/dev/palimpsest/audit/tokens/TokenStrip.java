package dev.palimpsest.audit.tokens;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * How likely both models find the tokens of an item's answers.
 *
 * @param lines one per answer
 * @param note what is to be known of it, in a sentence; "" for nothing
 */
public record TokenStrip(List<Line> lines, String note) {
  public TokenStrip {
    lines = List.copyOf(lines);
  }

  /**
   * One answer under both models.
   *
   * @param answer the text, as the suite or a model wrote it
   * @param base the base's tokens
   * @param tuned the tuned arm's, which may cut the text differently
   */
  public record Line(String answer, List<Token> base, List<Token> tuned) {
    public Line {
      base = List.copyOf(base);
      tuned = List.copyOf(tuned);
    }

    /** Tells whether both cut the text alike, so that tokens can be held against each other. */
    @JsonIgnore
    public boolean isAligned() {
      return base.stream()
          .map(Token::text)
          .toList()
          .equals(tuned.stream().map(Token::text).toList());
    }
  }

  /**
   * A token.
   *
   * @param text that it adds to the tokens before it
   * @param logProb natural logarithm of its probability after them
   */
  public record Token(String text, double logProb) {}
}
