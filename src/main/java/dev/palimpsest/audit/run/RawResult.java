package dev.palimpsest.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Thought;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.ModelAnswer;
import java.util.List;
import java.util.Optional;

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

    /** Returns what the model thought before it answered, if it thought. */
    Optional<Thought> thought() {
      return Optional.ofNullable(generation.thought());
    }

    /** Tells whether it thought, and came to its limit before the answer came to its end. */
    boolean isCutAfterThinkingBegan() {
      return thought().isPresent() && !isEnded();
    }

    /** Tells whether it came to its limit while it was thinking: there is no answer to grade. */
    boolean isCutInThinking() {
      return thought().filter(thought -> !thought.closed()).isPresent() && !isEnded();
    }

    private boolean isEnded() {
      return generation.finish() == Generation.Finish.END;
    }

    @Override
    public ModelAnswer answer() {
      int tokens = generation.ids().length - thought().map(Thought::tokens).orElse(0);
      return new ModelAnswer.Text(text(), tokens, isEnded());
    }

    /** Returns the answer: all of the text, or what follows the thinking. */
    String text() {
      return thought().map(Thought::answer).orElse(generation.text());
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
