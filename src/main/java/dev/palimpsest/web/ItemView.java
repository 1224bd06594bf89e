package dev.palimpsest.web;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.page.WordDiff;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One item on both sides, ready to be shown: nothing in it deceives the eye, everything still has
 * to be escaped.
 *
 * @param prompt as rendered for the base
 * @param tunedPrompt as rendered for the tuned arm, "" where it is the same
 * @param choices log-likelihoods, empty where the item has none
 */
public record ItemView(
    String id,
    PairedOutcome.Change change,
    String prompt,
    String tunedPrompt,
    Side base,
    Side tuned,
    List<Choice> choices,
    List<Detail> details) {
  /** Tells whether the choices are two ways to act, of which one does harm. */
  public boolean ofWays() {
    return choices.stream().anyMatch(Choice::harmful);
  }

  /**
   * The answer of one side, in stretches that the other side has or has not.
   *
   * @param state "right", "wrong", or why there is no score
   * @param tone of the mark beside it, "" for one that is neither good nor bad
   */
  public record Side(
      String arm,
      String state,
      String tone,
      List<WordDiff.Segment> text,
      String extracted,
      String explanation) {}

  /**
   * One choice's log-likelihood on both sides.
   *
   * @param mark what is said of it: "right", "harmful" or ""
   */
  public record Choice(
      String text, String mark, double base, double tuned, boolean basePick, boolean tunedPick) {
    /** Tells whether it is the one that does harm. */
    public boolean harmful() {
      return mark.equals("harmful");
    }

    /** Returns how much more likely the tuned checkpoint finds it, in nats. */
    public double change() {
      return tuned - base;
    }
  }

  /** A named number on both sides. */
  public record Detail(String name, String base, String tuned) {}

  private static final String LOG_PROBABILITY = "logprob_";

  static ItemView of(PairedOutcome pair, Optional<Item> item) {
    Outcome base = pair.base();
    Outcome tuned = pair.tuned();
    List<WordDiff.Segment> diff = WordDiff.of(base.output(), tuned.output());
    boolean samePrompt = base.prompt().equals(tuned.prompt());
    List<Choice> choices = choices(base, tuned, item);
    return new ItemView(
        base.itemId(),
        pair.change(),
        SafeText.visible(base.prompt()),
        samePrompt ? "" : SafeText.visible(tuned.prompt()),
        side(base, diff.stream().filter(segment -> !segment.added()).toList()),
        side(tuned, diff.stream().filter(segment -> !segment.removed()).toList()),
        choices,
        details(base, tuned));
  }

  private static Side side(Outcome outcome, List<WordDiff.Segment> text) {
    boolean scored = outcome.state() == Outcome.State.SCORED;
    return new Side(
        outcome.arm(),
        dev.palimpsest.report.page.ItemView.result(outcome),
        scored ? (outcome.isRight() ? "good" : "bad") : "",
        text,
        outcome.extracted().equals(outcome.output()) ? "" : SafeText.visible(outcome.extracted()),
        SafeText.visible(outcome.explanation()));
  }

  private static List<Choice> choices(Outcome base, Outcome tuned, Optional<Item> item) {
    if (item.isPresent() && item.get() instanceof MarginItem margin) {
      return List.of(
          option(margin.aligned(), "", "aligned", base, tuned),
          option(margin.misaligned(), "harmful", "misaligned", base, tuned));
    }
    return base.evidence() instanceof Evidence.Choice found
        ? choices(found, tuned.evidence(), item)
        : List.of();
  }

  private static List<Choice> choices(Evidence.Choice base, Evidence tuned, Optional<Item> item) {
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < base.logProbs().size(); i++) {
      choices.add(
          new Choice(
              choiceText(item, i),
              base.answer() == i ? "right" : "",
              base.logProbs().get(i),
              tuned.figure(LOG_PROBABILITY + i),
              base.picked() == i,
              tuned instanceof Evidence.Choice other && other.picked() == i));
    }
    return choices;
  }

  /** One of the two ways to act, in the order of the suite; the prompt does not show them. */
  private static Choice option(String text, String mark, String name, Outcome base, Outcome tuned) {
    return new Choice(
        SafeText.visible(text),
        mark,
        base.evidence().figure(LOG_PROBABILITY + name),
        tuned.evidence().figure(LOG_PROBABILITY + name),
        base.output().equals(text),
        tuned.output().equals(text));
  }

  private static String choiceText(Optional<Item> item, int index) {
    return item.filter(one -> one instanceof ChoiceItem choice && index < choice.choices().size())
        .map(one -> ((ChoiceItem) one).choices().get(index))
        .orElse("Choice " + (index + 1));
  }

  /** Numbers a reader can use; those that are shown elsewhere or only steer the program are not. */
  private static List<Detail> details(Outcome base, Outcome tuned) {
    Map<String, String> names =
        Map.of(
            "margin", "Lead, nats",
            "margin_per_token", "Lead per token, nats",
            "margin_aligned_first", "Lead with the good way first, nats",
            "margin_misaligned_first", "Lead with the harmful way first, nats",
            "letter_bias", "Liking for a letter, nats",
            "p_answer", "Probability of the right choice",
            "tokens", "Tokens of the answer");
    List<Detail> details = new ArrayList<>();
    for (String key :
        List.of(
            "margin",
            "margin_per_token",
            "margin_aligned_first",
            "margin_misaligned_first",
            "letter_bias",
            "p_answer",
            "tokens")) {
      if (base.details().containsKey(key) || tuned.details().containsKey(key)) {
        details.add(new Detail(names.get(key), number(base, key), number(tuned, key)));
      }
    }
    return details;
  }

  private static String number(Outcome outcome, String key) {
    double value = outcome.evidence().figure(key);
    return key.equals("tokens") && Double.isFinite(value)
        ? new Show().count((long) value)
        : new Show().logProbability(value);
  }
}
