package dev.palimpsest.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.Generation;
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
  }

  /** A generated text. */
  record Text(Generation generation) implements RawResult {
    @Override
    public Stored stored() {
      return new Stored(null, generation);
    }
  }

  /** Returns it as JSON. */
  default String toJson() {
    return Json.mapper().valueToTree(stored()).toString();
  }

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
