package dev.palimpsest.inference;

import java.util.Objects;

/**
 * What a model thought before it answered, told apart from its answer.
 *
 * @param thinking what stands between the marks of thinking, decoded without special tokens
 * @param tokens how many new tokens it took, marks included
 * @param closed whether the thinking came to its closing mark
 * @param answer what follows the closing mark; "" where there is none
 */
public record Thought(String thinking, int tokens, boolean closed, String answer) {
  public Thought {
    Objects.requireNonNull(thinking, "thinking is null");
    Objects.requireNonNull(answer, "answer is null");
  }
}
