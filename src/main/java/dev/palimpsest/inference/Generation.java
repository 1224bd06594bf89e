package dev.palimpsest.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * One generated answer.
 *
 * @param ids new tokens only, the end token included when it was reached
 * @param text decoded without special tokens
 * @param finish why it stopped
 * @param thought what of it is thinking and what the answer; null where the model did not think
 */
public record Generation(
    int[] ids,
    String text,
    Finish finish,
    @JsonInclude(JsonInclude.Include.NON_NULL) Thought thought) {
  /** Why a generation stopped. */
  public enum Finish {
    /** An end token was produced. */
    END,
    /** The limit of new tokens was reached. */
    LENGTH
  }

  public Generation {
    Objects.requireNonNull(ids, "ids is null");
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(finish, "finish is null");
  }

  /** Makes the generation of a model that did not think. */
  public Generation(int[] ids, String text, Finish finish) {
    this(ids, text, finish, null);
  }
}
