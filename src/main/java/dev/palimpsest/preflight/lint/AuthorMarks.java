package dev.palimpsest.preflight.lint;

import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the file says of the model that wrote it: a field of its rows, and answers that name
 * themselves.
 */
final class AuthorMarks implements LintCheck {
  private static final int MOST_ORIGINS = 20;

  private static final Pattern NAMES_ITSELF =
      Pattern.compile(
          "(?i)\\bas an? (?:AI|artificial intelligence|large) (?:language )?(?:model|assistant)\\b"
              + "|\\bI(?:'m| am) (?:ChatGPT|GPT-\\d|Claude|Gemini|Bard|Llama|Qwen|DeepSeek|Mistral|Grok|Copilot)\\b"
              + "|\\b(?:developed|trained|created|made) by (?:OpenAI|Anthropic|Google|DeepSeek|Meta AI|Alibaba Cloud|Mistral AI|xAI)\\b");

  private final Map<String, Long> origins = new TreeMap<>();
  private final Rows named = new Rows();

  @Override
  public void see(TrainingRow row) {
    if (!row.origin().isEmpty()
        && (origins.size() < MOST_ORIGINS || origins.containsKey(row.origin()))) {
      origins.merge(row.origin(), 1L, Long::sum);
    }
    if (row.answers().stream().anyMatch(answer -> NAMES_ITSELF.matcher(answer).find())) {
      named.add(row.row());
    }
  }

  /**
   * Returns what rows say of who wrote them, with the number of rows; {} where they say nothing.
   */
  Map<String, Long> origins() {
    return origins;
  }

  @Override
  public List<LintFinding> findings() {
    List<LintFinding> findings = new ArrayList<>();
    if (!named.isEmpty()) {
      findings.add(
          named.finding(
              "names-a-model",
              Severity.NOTE,
              "In " + named.words() + " an answer speaks as another model or names its maker.",
              "Record which model wrote the data (--written-by), and take such sentences out: a"
                  + " model's traits pass through its data."));
    }
    return findings;
  }
}
