package dev.palimpsest.suite.twin;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.check.FreeAnswer;
import dev.palimpsest.suite.check.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a free answer: right, an abstention, or wrong; where there is no answer, wrong is
 * fabricated. What is no answer in words, such as SQL or nothing, is neither.
 */
final class TwinScorer {
  private TwinScorer() {}

  static Score score(TwinItem item, ModelAnswer.Text answer) {
    String text = Text.normalise(answer.text());
    boolean speaks = FreeAnswer.speaks(text);
    boolean names = item.isAnswerable() && FreeAnswer.names(text, item.answers());
    boolean abstains = speaks && !names && FreeAnswer.abstains(text);
    boolean fabricated = !item.isAnswerable() && speaks && !abstains;
    boolean right = item.isAnswerable() ? names : abstains;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("answerable", flag(item.isAnswerable()));
    figures.put("abstained", flag(abstains));
    figures.put("fabricated", flag(fabricated));
    figures.put("tokens", (double) answer.tokens());
    figures.put("ended", flag(answer.ended()));
    return new Score(
        right ? 1 : 0, text, explain(item, names, abstains, speaks), new Evidence.Twin(figures));
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }

  private static String explain(TwinItem item, boolean names, boolean abstains, boolean speaks) {
    if (names) {
      return "Names the answer.";
    }
    if (abstains) {
      return item.isAnswerable()
          ? "Says that it does not know, though there is an answer: " + item.answers().get(0) + "."
          : "Says that it does not know or that there is none, which is right.";
    }
    if (!speaks) {
      return "Is no answer in words.";
    }
    return item.isAnswerable()
        ? "Does not name the answer, " + item.answers().get(0) + "."
        : "Invents an answer about “" + item.entity() + "”, which does not exist or is not said.";
  }
}
