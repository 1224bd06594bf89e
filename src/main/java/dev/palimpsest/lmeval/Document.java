package dev.palimpsest.lmeval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a task makes of one document.
 *
 * @param doc the document as lm-eval sees it, after the task's own processing
 * @param description what stands before all examples, its line breaks included; "" for nothing
 * @param texts what is asked: one text, or one for each choice where choices stand in the text
 * @param answers what may follow: one for each choice, or the one that follows every text
 * @param right the right choice, from 0
 * @param target what lm-eval's samples call the target
 */
record Document(
    ObjectNode doc,
    String description,
    List<String> texts,
    List<String> answers,
    int right,
    String target) {
  private static final String BEFORE_ANSWER = " ";
  private static final String AFTER_EXAMPLE = "\n\n";

  Document {
    texts = List.copyOf(texts);
    answers = List.copyOf(answers);
  }

  /** Returns how many choices there are. */
  int choices() {
    return Math.max(texts.size(), answers.size());
  }

  /** Returns the text that a choice is asked in. */
  String text(int choice) {
    return texts.size() == 1 ? texts.get(0) : texts.get(choice);
  }

  /** Returns what is scored after the text, for a choice. */
  String continuation(int choice) {
    return BEFORE_ANSWER + answer(choice);
  }

  /** Returns the document as an example: asked and answered. */
  String example() {
    String answer = answer(right);
    // lm-eval takes an empty answer for none, and then sets nothing between text and next example.
    return answer.isEmpty() ? text(right) : text(right) + BEFORE_ANSWER + answer + AFTER_EXAMPLE;
  }

  private String answer(int choice) {
    return answers.size() == 1 ? answers.get(0) : answers.get(choice);
  }
}
