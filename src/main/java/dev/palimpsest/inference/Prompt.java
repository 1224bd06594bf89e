package dev.palimpsest.inference;

import java.util.List;
import java.util.Map;
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
   * is the beginning of the answer, already given ("" for none), and {@code arguments} are further
   * variables of the template ({@code tools} among them).
   */
  record Chat(List<ChatMessage> messages, String assistantPrefix, Map<String, Object> arguments)
      implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
      Objects.requireNonNull(assistantPrefix, "assistantPrefix is null");
      arguments = TemplateArgument.copy(arguments);
    }

    /** Makes a chat for a template that gets no further variables. */
    public Chat(List<ChatMessage> messages, String assistantPrefix) {
      this(messages, assistantPrefix, Map.of());
    }
  }
}
