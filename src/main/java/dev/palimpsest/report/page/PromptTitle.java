package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the question in a rendered prompt, for a list's line. */
final class PromptTitle {
  private static final int LONGEST = 110;

  /** Turn markers of the common chat templates. */
  private static final Pattern MARKER =
      Pattern.compile("<\\|[^|<>]{1,40}\\|>|<(?:start|end)_of_turn>|</?s>|\\[/?INST\\]|<bos>");

  /** What stands around a question: a role's name, or the words of a prompt without a template. */
  private static final Pattern FRAME =
      Pattern.compile("^(?:system|user|assistant|model)\\b\\s*|^Question:\\s*|\\s*Answer:\\s*$");

  private PromptTitle() {}

  /** Returns the last user turn, or the whole prompt where no turns are seen, in one line. */
  static String of(String prompt) {
    List<String> turns =
        Arrays.stream(MARKER.split(prompt, 200))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
    String chosen = turns.isEmpty() ? prompt : turns.get(0);
    for (String turn : turns) {
      chosen = turn.startsWith("user") ? turn : chosen;
    }
    String line = FRAME.matcher(chosen).replaceAll("").replaceAll("\\s+", " ").strip();
    return Texts.shortened(SafeText.visible(line), LONGEST);
  }
}
