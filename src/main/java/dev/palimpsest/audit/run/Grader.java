package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.inference.Thought;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.UnscorableException;
import java.util.Optional;

/**
 * Turns what a model computed into outcomes of one suite on one arm.
 *
 * <p>Grading needs no model: it is a stage of its own after the run, over raw results that are
 * kept, so that they can be graded again or by somebody else.
 */
record Grader(String suite, String arm) {
  /** Grades what came of an item; a raw result that was computed goes along to be stored. */
  AuditStore.NewOutcome grade(ItemResult result) {
    if (result instanceof ItemResult.Raw found) {
      return new AuditStore.NewOutcome(
          grade(found.item(), found.prompt(), found.raw()),
          Optional.of(found.key()),
          found.computed() ? Optional.of(found.raw()) : Optional.empty());
    }
    ItemResult.None none = (ItemResult.None) result;
    return new AuditStore.NewOutcome(
        unscored(none.item(), none.state(), none.prompt(), none.sentence()),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Grades a raw result.
   *
   * @param prompt as rendered for the model
   */
  Outcome grade(Item item, String prompt, RawResult raw) {
    if (raw.isTruncated()) {
      return unscored(
          item,
          Outcome.State.TRUNCATED,
          prompt,
          "The prompt was cut to fit the model, so the answer does not count.");
    }
    if (raw instanceof RawResult.Text text && text.isCutInThinking()) {
      return unscored(item, Outcome.State.TRUNCATED, prompt, cutInThinking(text));
    }
    try {
      return scored(item, prompt, raw, item.grade(raw.answer()));
    } catch (UnscorableException e) {
      return unscored(item, Outcome.State.UNSCORABLE, prompt, e.getMessage());
    }
  }

  private Outcome scored(Item item, String prompt, RawResult raw, Score score) {
    String output = raw instanceof RawResult.Text text ? text.text() : score.extracted();
    return new Outcome(
        suite,
        item.id(),
        arm,
        Outcome.State.SCORED,
        score.value(),
        prompt,
        output,
        score.extracted(),
        score.explanation() + thinking(raw),
        score.evidence());
  }

  private static String cutInThinking(RawResult.Text text) {
    Thought thought = text.thought().orElseThrow();
    return "The model was cut off while it was thinking, after "
        + thought.tokens()
        + " tokens, so there is no answer to compare; give it more with --thinking-tokens."
        + thinking(text);
  }

  /** Thinking is shown and not graded. */
  private static String thinking(RawResult raw) {
    Optional<Thought> thought =
        raw instanceof RawResult.Text text ? text.thought() : Optional.empty();
    return thought
        .filter(found -> !found.thinking().isBlank())
        .map(
            found ->
                " Before its answer it thought, in "
                    + found.tokens()
                    + " tokens: “"
                    + found.thinking()
                    + "”")
        .orElse("");
  }

  private Outcome unscored(Item item, Outcome.State state, String prompt, String sentence) {
    return new Outcome(suite, item.id(), arm, state, 0, prompt, "", "", sentence, Evidence.none());
  }
}
