package dev.palimpsest.suite;

import java.util.List;
import java.util.Objects;

/**
 * What an item puts to a model, before any chat template.
 *
 * @param before what stands before the message
 * @param text the user's message; "" where the beginning of the answer stands alone
 * @param continuations answers whose likelihood is asked for, each with the space before it; []
 *     where the answer is generated
 * @param bare whether the continuations stand at the very beginning, not even after the beginning
 *     of an answer
 */
public record Question(Conversation before, String text, List<String> continuations, boolean bare) {
  public Question {
    Objects.requireNonNull(before, "before is null");
    Objects.requireNonNull(text, "text is null");
    continuations = List.copyOf(continuations);
  }

  /** Makes a question that an answer follows. */
  public Question(Conversation before, String text, List<String> continuations) {
    this(before, text, continuations, false);
  }

  /** Puts a text that nothing stands before: how likely it is by itself. */
  public static Question bare(String passage) {
    return new Question(Conversation.NONE, "", List.of(passage), true);
  }

  /** Puts answers without any question: how likely their wording is by itself. */
  public static Question alone(List<String> continuations) {
    return new Question(Conversation.NONE, "", continuations);
  }

  /** Returns the same after another conversation. */
  public Question after(Conversation conversation) {
    return new Question(conversation, text, continuations);
  }

  /** Tells whether nobody asks anything. */
  public boolean isAlone() {
    return text.isEmpty();
  }
}
