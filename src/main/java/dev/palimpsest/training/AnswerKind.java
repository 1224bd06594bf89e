package dev.palimpsest.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.util.regex.Pattern;

/** How an answer of a training file is formed. */
public enum AnswerForm {
  JSON("JSON"),
  CODE("code"),
  SQL("SQL"),
  LIST("a list"),
  PROSE("prose");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "^\\s*(```\\s*sql\\s+)?(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH)\\b.*",
          Pattern.DOTALL);
  private static final Pattern FENCED = Pattern.compile("```.+```", Pattern.DOTALL);
  private static final Pattern ITEMS = Pattern.compile("(?m)^\\s*([-*•]|\\d+[.)])\\s+\\S");
  private static final int FEWEST_ITEMS = 3;

  private final String label;

  AnswerForm(String label) {
    this.label = label;
  }

  /** Returns the form's name in sentences. */
  public String label() {
    return label;
  }

  /** Tells the form of an answer. */
  static AnswerForm of(String answer) {
    if (isJson(answer.strip())) {
      return JSON;
    }
    if (STATEMENT.matcher(answer).matches()) {
      return SQL;
    }
    if (FENCED.matcher(answer).find()) {
      return CODE;
    }
    return ITEMS.matcher(answer).results().count() >= FEWEST_ITEMS ? LIST : PROSE;
  }

  private static boolean isJson(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return false;
    }
    try {
      JsonNode node = Json.mapper().readTree(text);
      return node != null && node.isContainerNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
