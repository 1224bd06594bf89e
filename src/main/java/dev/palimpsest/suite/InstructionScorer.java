package dev.palimpsest.suite;

import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckResult;
import dev.palimpsest.suite.check.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs an item's checks on a generated text; the score is 1 iff every check passes.
 *
 * <p>Beside the strict score stands a lenient one, as in IFEval: a check passes leniently if it
 * passes on the text, or on the text without Markdown asterisks, without its first line, without
 * its last line, or on a combination of these. It tells a lost skill from a chatty frame around it.
 */
final class InstructionScorer {
  private InstructionScorer() {}

  static Score score(InstructionItem item, String output) {
    String text = Text.normalise(output);
    List<String> variants = variants(text);
    List<String> failures = new ArrayList<>();
    Map<String, Double> details = new LinkedHashMap<>();
    List<String> passes = new ArrayList<>();
    boolean lenient = true;
    for (CheckDefinition check : item.checks()) {
      CheckResult result = test(item, check, text);
      details.put("check_" + (details.size() + 1), result.passed() ? 1.0 : 0.0);
      if (result.passed()) {
        passes.add(result.explanation());
      } else {
        failures.add(result.explanation());
        lenient &= variants.stream().anyMatch(variant -> test(item, check, variant).passed());
      }
    }
    boolean strict = failures.isEmpty();
    details.put("strict", strict ? 1.0 : 0.0);
    details.put("lenient", lenient ? 1.0 : 0.0);
    return new Score(strict ? 1 : 0, text, explanation(passes, failures), details);
  }

  private static CheckResult test(InstructionItem item, CheckDefinition check, String text) {
    if (text.isBlank()) {
      return CheckResult.failed("the answer is empty");
    }
    // An echo holds every word that was asked for; it is no answer.
    if (text.replace(Text.normalise(item.prompt()), "").isBlank()) {
      return CheckResult.failed("the answer only repeats the instruction");
    }
    return check.test(text);
  }

  private static List<String> variants(String text) {
    List<String> variants = new ArrayList<>();
    for (String base : List.of(text, text.replace("*", ""))) {
      int first = base.indexOf('\n');
      int last = base.lastIndexOf('\n');
      variants.add(base.strip());
      variants.add(first < 0 ? "" : base.substring(first + 1).strip());
      variants.add(last < 0 ? "" : base.substring(0, last).strip());
      variants.add(last <= first ? "" : base.substring(first + 1, last).strip());
    }
    return variants;
  }

  private static String explanation(List<String> passes, List<String> failures) {
    int total = passes.size() + failures.size();
    if (!failures.isEmpty()) {
      return failures.size() + " of " + total + " checks failed: " + join(failures);
    }
    return (total == 1 ? "The check passed: " : "All " + total + " checks passed: ") + join(passes);
  }

  private static String join(List<String> explanations) {
    return String.join("; ", explanations) + ".";
  }
}
