package dev.palimpsest.cli;

import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.UnscorableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one loaded model does with a suite's items, asked as an audit asks them. */
final class SuiteAnswers {
  /** So many items, or texts, are put to the model at once. */
  private static final int PORTION = 128;

  private final ModelRunner model;
  private final Presentation presentation;

  SuiteAnswers(ModelRunner model, Suite suite) {
    this.model = model;
    this.presentation =
        new Presentation(
            suite.answerPrefix(),
            model.description().format(Optional.empty()).hasChatTemplate(),
            Map.of());
  }

  /** Returns the scores of items, in [0, 1]; those that cannot be scored are left out. */
  Map<Item, Double> scores(List<Item> items) {
    Map<Item, Double> scores = new LinkedHashMap<>();
    for (List<Item> portion : portions(items)) {
      boolean written = portion.get(0).longestAnswer() > 0;
      List<ModelAnswer> answers = written ? generated(portion) : scored(portion);
      for (int i = 0; i < portion.size(); i++) {
        grade(portion.get(i), answers.get(i), scores);
      }
    }
    return scores;
  }

  private static void grade(Item item, ModelAnswer answer, Map<Item, Double> scores) {
    try {
      scores.put(item, item.grade(answer).value());
    } catch (UnscorableException e) {
      // Left out; an audit would name it.
    }
  }

  /** Returns how likely texts are after the beginning of an answer to no question. */
  Map<String, Double> withoutQuestion(Collection<String> texts) {
    Map<String, Double> found = new HashMap<>();
    for (List<String> portion : portions(List.copyOf(texts))) {
      EncodeRequest request = presentation.prompt(Question.alone(portion));
      List<ContinuationScore> scores = score(List.of(request)).get(0);
      for (int i = 0; i < portion.size(); i++) {
        found.put(portion.get(i), scores.get(i).logProb());
      }
    }
    return found;
  }

  private List<ModelAnswer> scored(List<Item> items) {
    List<List<EncodeRequest>> prompts = items.stream().map(presentation::prompts).toList();
    Iterator<List<ContinuationScore>> scores =
        score(prompts.stream().flatMap(List::stream).toList()).iterator();
    List<ModelAnswer> answers = new ArrayList<>();
    for (List<EncodeRequest> ofItem : prompts) {
      List<List<LogProb>> questions = new ArrayList<>();
      ofItem.forEach(
          any -> questions.add(scores.next().stream().map(SuiteAnswers::logProb).toList()));
      answers.add(new ModelAnswer.LogProbs(questions));
    }
    return answers;
  }

  private static LogProb logProb(ContinuationScore score) {
    return new LogProb(score.logProb(), score.tokenLogProbs().length);
  }

  private List<List<ContinuationScore>> score(List<EncodeRequest> requests) {
    List<Encoded> encoded = model.encode(Optional.empty(), requests);
    return model.score(Optional.empty(), encoded.stream().map(ScoreRequest::of).toList());
  }

  private List<ModelAnswer> generated(List<Item> items) {
    List<Encoded> encoded =
        model.encode(
            Optional.empty(),
            items.stream().flatMap(item -> presentation.prompts(item).stream()).toList());
    List<GenerateRequest> requests = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      requests.add(
          new GenerateRequest(
              encoded.get(i).contextIds(), presentation.generation(items.get(i)).orElseThrow()));
    }
    return model.generate(Optional.empty(), requests).stream().map(SuiteAnswers::written).toList();
  }

  private static ModelAnswer written(Generation generation) {
    return new ModelAnswer.Text(
        generation.text(), generation.ids().length, generation.finish() == Generation.Finish.END);
  }

  private static <T> List<List<T>> portions(List<T> all) {
    List<List<T>> portions = new ArrayList<>();
    for (int i = 0; i < all.size(); i += PORTION) {
      portions.add(all.subList(i, Math.min(all.size(), i + PORTION)));
    }
    return portions;
  }
}
