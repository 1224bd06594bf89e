package dev.palimpsest.training;

import dev.palimpsest.suite.check.AnswerForm;
import java.util.regex.Pattern;

/** What an answer of a training file is, by its form. */
public enum AnswerKind {
  JSON("JSON"),
  CODE("code"),
  SQL("SQL"),
  LIST("a list"),
  PROSE("prose");

  private static final Pattern ITEMS = Pattern.compile("(?m)^\\s*([-*•]|\\d+[.)])\\s+\\S");
  private static final int FEWEST_ITEMS = 3;

  private final String label;

  AnswerKind(String label) {
    this.label = label;
  }

  /** Returns the kind's name in sentences. */
  public String label() {
    return label;
  }

  /** Tells what an answer is; SQL and JSON are told before the code that they are too. */
  static AnswerKind of(String answer) {
    AnswerForm form = AnswerForm.of(answer);
    if (form.json()) {
      return JSON;
    }
    if (form.sql()) {
      return SQL;
    }
    if (form.code()) {
      return CODE;
    }
    return ITEMS.matcher(answer).results().count() >= FEWEST_ITEMS ? LIST : PROSE;
  }
}
