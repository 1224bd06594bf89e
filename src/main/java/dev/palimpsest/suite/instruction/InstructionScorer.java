package dev.palimpsest.suite.instruction;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.check.AnswerGuard;
import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckResult;
import dev.palimpsest.suite.check.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs an item's checks on a generated text; the score is 1 iff the text is an answer at all
 * ({@link AnswerGuard}) and every check passes on it.
 *
 * <p>Beside the strict score stands a lenient one, after IFEval's loose accuracy: the answer passes
 * leniently if one of its readings ({@link Reading}) passes strictly. It tells a lost skill from a
 * frame around it.
 */
final class InstructionScorer {
  private final InstructionItem item;
  private final AnswerGuard guard;

  private InstructionScorer(InstructionItem item) {
    this.item = item;
    boolean fixed = item.checks().stream().anyMatch(CheckDefinition::fixesAnswer);
    this.guard = new AnswerGuard(item.prompt(), item.repeats() || fixed);
  }

  static Score score(InstructionItem item, ModelAnswer.Text answer) {
    return new InstructionScorer(item).score(answer);
  }

  private Score score(ModelAnswer.Text answer) {
    String text = Text.normalise(answer.text());
    Optional<String> objection = guard.objection(text);
    List<CheckResult> results = objection.isPresent() ? List.of() : results(text);
    boolean strict = objection.isEmpty() && allPassed(results);
    Optional<Reading> reading = strict ? Optional.of(Reading.WHOLE) : readingThatPasses(text);
    Map<String, Double> details = new LinkedHashMap<>();
    for (int i = 0; i < item.checks().size(); i++) {
      boolean passed = objection.isEmpty() && results.get(i).passed();
      details.put("check_" + (i + 1), passed ? 1.0 : 0.0);
    }
    details.put("strict", strict ? 1.0 : 0.0);
    details.put("lenient", reading.isPresent() ? 1.0 : 0.0);
    details.put("tokens", (double) answer.tokens());
    details.put("ended", answer.ended() ? 1.0 : 0.0);
    String reasons =
        objection.map(reason -> "No answer: " + reason + ".").orElseGet(() -> explain(results));
    String leniently = strict ? "" : reading.map(Reading::sentence).orElse("");
    return new Score(strict ? 1 : 0, text, reasons + leniently, new Evidence.Checks(details));
  }

  private Optional<Reading> readingThatPasses(String text) {
    Set<String> tried = new HashSet<>(Set.of(text));
    return Reading.all().stream()
        .filter(
            reading -> {
              String read = reading.of(text);
              return tried.add(read) && guard.objection(read).isEmpty() && allPassed(results(read));
            })
        .findFirst();
  }

  /** Tests the text; checks of content have to pass on what it says of its own as well. */
  private List<CheckResult> results(String text) {
    String own = guard.ownPart(text);
    return item.checks().stream()
        .map(
            check -> {
              CheckResult result = check.test(text);
              return result.passed() && check.asksForContent() && !own.equals(text)
                  ? ofOwn(check.test(own))
                  : result;
            })
        .toList();
  }

  private static CheckResult ofOwn(CheckResult result) {
    return result.passed()
        ? result
        : CheckResult.failed(
            "apart from what repeats the instruction or refuses, " + result.explanation());
  }

  private static boolean allPassed(List<CheckResult> results) {
    return results.stream().allMatch(CheckResult::passed);
  }

  private static String explain(List<CheckResult> results) {
    int total = results.size();
    List<String> failures = explanations(results, false);
    if (!failures.isEmpty()) {
      return failures.size() + " of " + total + " checks failed: " + join(failures);
    }
    return (total == 1 ? "The check passed: " : "All " + total + " checks passed: ")
        + join(explanations(results, true));
  }

  private static List<String> explanations(List<CheckResult> results, boolean passed) {
    List<String> explanations = new ArrayList<>();
    results.stream()
        .filter(result -> result.passed() == passed)
        .forEach(result -> explanations.add(result.explanation()));
    return explanations;
  }

  private static String join(List<String> explanations) {
    return String.join("; ", explanations) + ".";
  }
}
