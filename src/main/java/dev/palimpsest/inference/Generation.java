package dev.palimpsest.inference;

import java.util.Objects;

/**
 * One generated answer.
 *
 * @param ids new tokens only, the end token included when it was reached
 * @param text decoded without special tokens
 * @param finish why it stopped
 */
public record Generation(int[] ids, String text, Finish finish) {
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
}
