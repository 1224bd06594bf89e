package dev.palimpsest.suite;

import java.util.List;

/**
 * What an item puts to a model, before any chat template.
 *
 * @param text the user's message
 * @param continuations answers whose likelihood is asked for, each with the space before it; []
 *     where the answer is generated
 */
public record Question(String text, List<String> continuations) {
  public Question {
    continuations = List.copyOf(continuations);
  }
}
