package dev.palimpsest.audit.prompt;

import dev.palimpsest.audit.plan.PlanException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/** A way to ask that somebody wants beside the tune. */
public sealed interface PromptWish {
  /** Most worked examples that a prompt gets. */
  int MOST_EXAMPLES = 64;

  /** Longest system prompt, in characters. */
  int LONGEST_PROMPT = 20_000;

  /**
   * The base after worked examples.
   *
   * @param examples how many, 1 to {@link #MOST_EXAMPLES}
   */
  record FewShot(int examples) implements PromptWish {
    public FewShot {
      if (examples < 1 || examples > MOST_EXAMPLES) {
        throw new PlanException(
            "There are " + examples + " worked examples to a prompt; it should be 1 to 64.");
      }
    }
  }

  /** The base under a system prompt. */
  record SystemPrompt(String text) implements PromptWish {
    public SystemPrompt {
      text = text.strip();
      if (text.isEmpty() || text.length() > LONGEST_PROMPT) {
        throw new PlanException(
            "The system prompt has " + text.length() + " characters; it should have 1 to 20,000.");
      }
    }
  }

  /** The base with passages of a folder's text files. */
  record WithContext(Path folder) implements PromptWish {
    public WithContext {
      Objects.requireNonNull(folder, "folder is null");
    }
  }

  /**
   * Reads {@code few-shot=5}, {@code system-prompt=TEXT} or {@code with-context=DIR}.
   *
   * @throws PlanException if it is none of them
   */
  static PromptWish parse(String typed) {
    int at = typed.indexOf('=');
    String value = at < 0 ? "" : typed.substring(at + 1);
    return switch (at < 0 ? typed : typed.substring(0, at)) {
      case "few-shot" -> new FewShot(value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0);
      case "system-prompt" -> new SystemPrompt(value);
      case "with-context" -> new WithContext(path(value));
      default ->
          throw new PlanException(
              "There is no arm '"
                  + typed
                  + "'; use few-shot=5, system-prompt=TEXT or with-context=DIR.");
    };
  }

  private static Path path(String typed) {
    try {
      if (!typed.isBlank()) {
        return Path.of(typed);
      }
    } catch (InvalidPathException notAPath) {
      // Falls through: the sentence is the same.
    }
    throw new PlanException("with-context names no folder; give with-context=DIR.");
  }
}
