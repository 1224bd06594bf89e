package dev.palimpsest.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.ModelAnswer;
import java.util.List;

/** What a model computed for one item, before any scorer saw it; this is what is cached. */
sealed interface RawResult {
  /** Log-probabilities: one list per prompt of the item, in it one per continuation. */
  record Scores(List<List<ContinuationScore>> prompts) implements RawResult {
    public Scores {
      prompts = List.copyOf(prompts);
    }

    @Override
    public Stored stored() {
      return new Stored(prompts, null);
    }

    @Override
    public boolean isTruncated() {
      return prompts.stream().flatMap(List::stream).anyMatch(ContinuationScore::truncated);
    }

    @Override
    public ModelAnswer answer() {
      return new ModelAnswer.LogProbs(
          prompts.stream().map(scores -> scores.stream().map(Scores::logProb).toList()).toList());
    }

    private static LogProb logProb(ContinuationScore score) {
      return new LogProb(score.logProb(), score.tokenLogProbs().length);
    }
  }

  /** A generated text. */
  record Text(Generation generation) implements RawResult {
    @Override
    public Stored stored() {
      return new Stored(null, generation);
    }

    @Override
    public boolean isTruncated() {
      return false;
    }

    @Override
    public ModelAnswer answer() {
      return new ModelAnswer.Text(
          generation.text(), generation.ids().length, generation.finish() == Generation.Finish.END);
    }
  }

  /** Returns it as JSON. */
  default String toJson() {
    return Json.mapper().valueToTree(stored()).toString();
  }

  /** Tells whether a prompt was cut to fit the model. */
  boolean isTruncated();

  /** Returns it as graders see it. */
  ModelAnswer answer();

  /** Returns it in the shape that is stored. */
  Stored stored();

  /** Reads what {@link #toJson} wrote. */
  static RawResult fromJson(String json) {
    try {
      Stored stored = Json.mapper().readValue(json, Stored.class);
      return stored.scores() != null ? new Scores(stored.scores()) : new Text(stored.generation());
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored result cannot be read; the data folder is damaged.", e);
    }
  }

  /** Exactly one field is set. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Stored(List<List<ContinuationScore>> scores, Generation generation) {}
}
