package dev.palimpsest.audit;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.suite.ChoiceItem;
import dev.palimpsest.suite.ChoiceLogProb;
import dev.palimpsest.suite.InstructionItem;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.LetterLogProbs;
import dev.palimpsest.suite.MarginForm;
import dev.palimpsest.suite.MarginItem;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scorers;
import dev.palimpsest.suite.UnscorableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a model computed into outcomes of one suite on one arm. */
record Grader(String suite, String arm) {
  /** Scores an item from its raw result. */
  Outcome grade(Item item, List<Encoded> prompts, RawResult raw) {
    String prompt = prompts.get(0).rendered();
    if (raw instanceof RawResult.Text text) {
      return gradeText((InstructionItem) item, prompt, text.generation());
    }
    List<List<ContinuationScore>> scores = ((RawResult.Scores) raw).prompts();
    if (isTruncated(scores)) {
      return failure(
          item,
          Outcome.State.TRUNCATED,
          prompt,
          "The prompt was cut to fit the model, so the answer does not count.");
    }
    try {
      Score score = score(item, scores);
      return scored(item, prompt, score.extracted(), score, score.details());
    } catch (UnscorableException e) {
      return failure(item, Outcome.State.UNSCORABLE, prompt, e.getMessage());
    }
  }

  /** Records an item that has no score, with the reason as a sentence. */
  Outcome failure(Item item, Outcome.State state, String prompt, String sentence) {
    return new Outcome(suite, item.id(), arm, state, 0, prompt, "", "", sentence, Map.of());
  }

  private Outcome gradeText(InstructionItem item, String prompt, Generation generation) {
    Score score = Scorers.instruction(item, generation.text());
    Map<String, Double> details = new LinkedHashMap<>(score.details());
    details.put("tokens", (double) generation.ids().length);
    details.put("ended", generation.finish() == Generation.Finish.END ? 1.0 : 0.0);
    return scored(item, prompt, generation.text(), score, details);
  }

  private static Score score(Item item, List<List<ContinuationScore>> scores) {
    if (item instanceof ChoiceItem choice) {
      return Scorers.choice(choice, scores.get(0).stream().map(Grader::choiceLogProb).toList());
    }
    MarginItem margin = (MarginItem) item;
    if (margin.form() == MarginForm.TEXTS) {
      List<ContinuationScore> options = scores.get(0);
      return Scorers.margin(margin, choiceLogProb(options.get(0)), choiceLogProb(options.get(1)));
    }
    return Scorers.margin(margin, letters(scores.get(0)), letters(scores.get(1)));
  }

  private Outcome scored(
      Item item, String prompt, String output, Score score, Map<String, Double> details) {
    return new Outcome(
        suite,
        item.id(),
        arm,
        Outcome.State.SCORED,
        score.value(),
        prompt,
        output,
        score.extracted(),
        score.explanation(),
        details);
  }

  private static boolean isTruncated(List<List<ContinuationScore>> scores) {
    return scores.stream().flatMap(List::stream).anyMatch(ContinuationScore::truncated);
  }

  private static ChoiceLogProb choiceLogProb(ContinuationScore score) {
    return new ChoiceLogProb(score.logProb(), score.tokenLogProbs().length);
  }

  private static LetterLogProbs letters(List<ContinuationScore> scores) {
    return new LetterLogProbs(scores.get(0).logProb(), scores.get(1).logProb());
  }
}
