package dev.palimpsest.web;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.page.ItemView;
import dev.palimpsest.retrieval.Passage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became of one item when it was asked in another way, ready to be shown.
 *
 * @param name of the way
 * @param said what was given, "" for passages that give another answer
 * @param state "right", "wrong", or why there is no score
 * @param tone of the mark beside it
 * @param passages what it was given to read, the best first
 */
public record PromptedAnswer(
    String name,
    String said,
    String state,
    String tone,
    String output,
    String explanation,
    List<Passage> passages) {
  /**
   * Returns the answers to an item of the base, and of the tuned arm that it is shown beside.
   *
   * @param pairs reads the outcomes of an arm on the item's suite
   */
  static List<PromptedAnswer> of(
      AuditPlan plan, PairedOutcome pair, Function<String, SuitePairs> pairs) {
    String suite = pair.base().suite();
    return plan.prompts().stream()
        .filter(way -> way.of().equals(plan.base().name()) || way.of().equals(pair.tuned().arm()))
        .filter(way -> way.asked(suite).isPresent())
        .flatMap(way -> of(way, pairs.apply(way.name()), suite, pair.base().itemId()))
        .toList();
  }

  private static Stream<PromptedAnswer> of(
      PromptArm way, SuitePairs pairs, String suite, String item) {
    List<Passage> passages =
        way.asked(suite).orElseThrow().passages(item).stream()
            .map(one -> new Passage(SafeText.visible(one.source()), SafeText.visible(one.text())))
            .toList();
    return pairs.of(List.of(item)).stream()
        .map(PairedOutcome::tuned)
        .map(outcome -> of(way, outcome, passages));
  }

  private static PromptedAnswer of(PromptArm way, Outcome outcome, List<Passage> passages) {
    boolean scored = outcome.state() == Outcome.State.SCORED;
    return new PromptedAnswer(
        SafeText.visible(way.name()),
        SafeText.visible(way.said()),
        ItemView.result(outcome),
        scored ? (outcome.isRight() ? "good" : "bad") : "",
        SafeText.visible(outcome.output()),
        SafeText.visible(outcome.explanation()),
        passages);
  }
}
