package dev.palimpsest.web;

import dev.palimpsest.audit.tokens.TokenStrip;
import dev.palimpsest.report.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A token strip as a page shows it.
 *
 * @param lines one per answer
 * @param note what is to be known of it, "" for nothing
 */
public record StripView(List<Line> lines, String note) {
  /** A change of a token's log-probability that is marked, in nats: a factor of e. */
  private static final double MARKED = 1;

  /**
   * One answer.
   *
   * @param tokens the base's, with the tuned arm's beside them where both cut the text alike
   * @param tuned the tuned arm's where it cuts the text otherwise, else none
   * @param base the sum under the base
   * @param tunedSum the sum under the tuned arm
   */
  public record Line(
      String answer,
      List<Token> tokens,
      List<Token> tuned,
      String base,
      String tunedSum,
      String change) {}

  /**
   * A token.
   *
   * @param text with its spaces made visible
   * @param base its log-probability, as printed
   * @param tuned the same under the tuned arm, "" where it is not held against it
   * @param tone "down" or "up" where it changed much, else ""
   */
  public record Token(String text, String base, String tuned, String tone) {}

  static StripView of(TokenStrip strip) {
    return new StripView(strip.lines().stream().map(StripView::line).toList(), strip.note());
  }

  private static Line line(TokenStrip.Line line) {
    double base = sum(line.base());
    double tuned = sum(line.tuned());
    return new Line(
        SafeText.visible(line.answer()),
        line.isAligned() ? aligned(line) : line.base().stream().map(StripView::alone).toList(),
        line.isAligned() ? List.of() : line.tuned().stream().map(StripView::alone).toList(),
        number(base),
        number(tuned),
        new Show().shift(tuned - base));
  }

  private static List<Token> aligned(TokenStrip.Line line) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < line.base().size(); i++) {
      double base = line.base().get(i).logProb();
      double tuned = line.tuned().get(i).logProb();
      String tone = tuned - base <= -MARKED ? "down" : tuned - base >= MARKED ? "up" : "";
      tokens.add(new Token(text(line.base().get(i)), number(base), number(tuned), tone));
    }
    return tokens;
  }

  private static Token alone(TokenStrip.Token token) {
    return new Token(text(token), number(token.logProb()), "", "");
  }

  private static String text(TokenStrip.Token token) {
    String shown = token.text().replace(' ', '\u2423').replace("\n", "\u23ce");
    return shown.isEmpty() ? "\u2026" : SafeText.visible(shown);
  }

  private static double sum(List<TokenStrip.Token> tokens) {
    return tokens.stream().mapToDouble(TokenStrip.Token::logProb).sum();
  }

  private static String number(double value) {
    return new Show().nats(value);
  }
}
