package dev.palimpsest.lmeval;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Choices by their log-likelihood (output_type multiple_choice in lm-eval). */
final class ChoiceScores {
  private static final String FILTER = "none";

  private final ModelRunner runner;
  private final Optional<String> adapter;
  private final boolean normalised;

  /**
   * Creates a scorer.
   *
   * @param normalised whether acc_norm is told beside acc
   */
  ChoiceScores(ModelRunner runner, Optional<String> adapter, boolean normalised) {
    this.runner = runner;
    this.adapter = adapter;
    this.normalised = normalised;
  }

  LmEvalSamples answers(List<Prompted> prompts) {
    List<Encoded> encoded = runner.encode(adapter, requests(prompts));
    List<ScoreRequest> asked = encoded.stream().map(ScoreRequest::of).toList();
    List<List<ContinuationScore>> scores = runner.score(adapter, asked);
    List<Map<String, Object>> lines = new ArrayList<>();
    int next = 0;
    for (Prompted prompt : prompts) {
      int groups = prompt.document().texts().size();
      List<ContinuationScore> own =
          scores.subList(next, next + groups).stream().flatMap(List::stream).toList();
      lines.add(line(prompt, own));
      next += groups;
    }
    return new LmEvalSamples(prompts.size(), lines);
  }

  /** One request for each text, with all that follows it, so that a text is computed once. */
  private static List<EncodeRequest> requests(List<Prompted> prompts) {
    List<EncodeRequest> requests = new ArrayList<>();
    for (Prompted prompt : prompts) {
      List<String> continuations = prompt.continuations();
      int texts = prompt.document().texts().size();
      for (int i = 0; i < texts; i++) {
        List<String> following = texts == 1 ? continuations : List.of(continuations.get(i));
        requests.add(new EncodeRequest(new Prompt.Text(prompt.context(i)), following));
      }
    }
    return requests;
  }

  private Map<String, Object> line(Prompted prompt, List<ContinuationScore> scores) {
    List<List<Object>> arguments = new ArrayList<>();
    List<List<String>> filtered = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      arguments.add(List.of(prompt.context(i), prompt.document().continuation(i)));
      ContinuationScore score = scores.get(i);
      filtered.add(
          List.of(PythonNumber.text(score.logProb()), score.isGreedy() ? "True" : "False"));
    }
    List<List<List<String>>> responses = filtered.stream().map(List::of).toList();
    return SampleLine.of(
        prompt, arguments, responses, filtered, FILTER, metrics(prompt.document(), scores));
  }

  private Map<String, Double> metrics(Document document, List<ContinuationScore> scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("acc", right(document, i -> scores.get(i).logProb()));
    if (normalised) {
      metrics.put("acc_norm", right(document, i -> scores.get(i).logProb() / length(document, i)));
    }
    return metrics;
  }

  /** The length that lm-eval divides by: code points of the choice, without the space before it. */
  private static int length(Document document, int choice) {
    String text = document.answers().get(choice);
    return text.codePointCount(0, text.length());
  }

  /** Returns 1 if the best choice, the first of equal ones, is the right one, and 0 otherwise. */
  private static double right(Document document, IntToDoubleFunction score) {
    int best = 0;
    for (int i = 1; i < document.choices(); i++) {
      if (score.applyAsDouble(i) > score.applyAsDouble(best)) {
        best = i;
      }
    }
    return best == document.right() ? 1 : 0;
  }
}
