package dev.palimpsest.training;

import dev.palimpsest.inference.ChatMessage;
import java.util.List;
import java.util.Objects;

/**
 * One training example, whatever shape it was written in.
 *
 * @param row its number in the file, from 1
 * @param shape the shape it was written in
 * @param messages what was said, in order; of a row of plain text one message of the model's
 * @param origin what the row says of who wrote it, "" for nothing
 */
public record TrainingRow(int row, Shape shape, List<ChatMessage> messages, String origin) {
  static final String SYSTEM = "system";
  static final String USER = "user";
  static final String ASSISTANT = "assistant";

  /** How a row was written. */
  public enum Shape {
    CHAT("chat"),
    PROMPT_COMPLETION("prompt and completion"),
    ALPACA("Alpaca"),
    SHAREGPT("ShareGPT"),
    TEXT("text");

    private final String label;

    Shape(String label) {
      this.label = label;
    }

    /** Returns the shape's name in sentences. */
    public String label() {
      return label;
    }
  }

  public TrainingRow {
    Objects.requireNonNull(shape, "shape is null");
    messages = List.copyOf(messages);
    Objects.requireNonNull(origin, "origin is null");
  }

  /** Makes an example that says nothing of who wrote it. */
  public TrainingRow(int row, Shape shape, List<ChatMessage> messages) {
    this(row, shape, messages, "");
  }

  /** Returns the system prompt, "" for none. */
  public String system() {
    return messages.isEmpty() || !messages.get(0).role().equals(SYSTEM)
        ? ""
        : messages.get(0).content();
  }

  /** Returns the last thing that the user says before the model's last answer, "" for none. */
  public String question() {
    int answer = answerIndex();
    for (int i = answer - 1; i >= 0; i--) {
      if (messages.get(i).role().equals(USER)) {
        return messages.get(i).content();
      }
    }
    return "";
  }

  /** Returns the model's last answer, "" for none. */
  public String answer() {
    int at = answerIndex();
    return at < messages.size() && at >= 0 ? messages.get(at).content() : "";
  }

  /** Returns everything that the model is taught to say, in order. */
  public List<String> answers() {
    return messages.stream()
        .filter(message -> message.role().equals(ASSISTANT))
        .map(ChatMessage::content)
        .toList();
  }

  /** Returns the messages before the model's last answer: what a model is asked. */
  public List<ChatMessage> prompt() {
    return messages.subList(0, Math.max(0, answerIndex()));
  }

  private int answerIndex() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role().equals(ASSISTANT)) {
        return i;
      }
    }
    return messages.size();
  }
}
