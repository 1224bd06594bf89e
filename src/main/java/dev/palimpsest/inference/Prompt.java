package dev.palimpsest.inference;

import java.util.List;
import java.util.Objects;

/** Something to put in front of the model. */
public sealed interface Prompt {
  /** The text as it is, with the tokenizer's own special tokens where it adds them. */
  record Text(String text) implements Prompt {
    public Text {
      Objects.requireNonNull(text, "text is null");
    }
  }

  /**
   * A chat, rendered by the checkpoint's template with a generation prompt; {@code assistantPrefix}
   * is the beginning of the answer, already given ("" for none).
   */
  record Chat(List<ChatMessage> messages, String assistantPrefix) implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
      Objects.requireNonNull(assistantPrefix, "assistantPrefix is null");
    }
  }
}
