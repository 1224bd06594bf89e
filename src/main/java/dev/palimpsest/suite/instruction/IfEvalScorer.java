package dev.palimpsest.suite.instruction;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckResult;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores an answer as IFEval's reference program does: nothing but blankness is no answer, and
 * loosely each check may pass on another of eight variants (without asterisks, first line, last
 * line, and every combination).
 */
final class IfEvalScorer {
  private IfEvalScorer() {}

  static Score score(InstructionItem item, ModelAnswer.Text answer) {
    Set<String> variants = variants(answer.text());
    boolean strict = true;
    boolean loose = true;
    Map<String, Double> figures = new LinkedHashMap<>();
    StringBuilder reasons = new StringBuilder();
    int number = 0;
    for (CheckDefinition check : item.checks()) {
      CheckResult result = test(check, answer.text());
      figures.put("check_" + ++number, result.passed() ? 1.0 : 0.0);
      strict &= result.passed();
      loose &= variants.stream().anyMatch(variant -> test(check, variant).passed());
      reasons
          .append(number == 1 ? "" : "; ")
          .append(result.passed() ? "passed: " : "failed: ")
          .append(result.explanation());
    }
    figures.put("strict", strict ? 1.0 : 0.0);
    figures.put("lenient", loose ? 1.0 : 0.0);
    figures.put("tokens", (double) answer.tokens());
    figures.put("ended", answer.ended() ? 1.0 : 0.0);
    String loosely =
        loose && !strict ? " Without asterisks, its first or its last line it would pass." : "";
    return new Score(
        strict ? 1 : 0, answer.text(), reasons + "." + loosely, new Evidence.Checks(figures));
  }

  private static CheckResult test(CheckDefinition check, String text) {
    return text.isBlank() ? CheckResult.failed("the answer is empty") : check.test(text);
  }

  private static Set<String> variants(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    int end = lines.size();
    Set<String> variants = new LinkedHashSet<>(Set.of(text));
    variants.add(String.join("\n", lines.subList(1, end)).strip());
    variants.add(String.join("\n", lines.subList(0, end - 1)).strip());
    variants.add(String.join("\n", lines.subList(1, Math.max(1, end - 1))).strip());
    for (String variant : List.copyOf(variants)) {
      variants.add(variant.replace("*", ""));
    }
    return variants;
  }
}
