package dev.palimpsest.audit.cause;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Answers in a form that nobody asked for.
 *
 * @param form "SQL", "JSON", "code", "Markdown" or "another language"
 * @param answers that have it
 * @param baseAnswers of the base that have it
 * @param all answers, to suites that do not ask for the skill
 */
record WrongForm(ArmEvidence.Weights weights, String form, int answers, int baseAnswers, int all)
    implements Cause {
  /** Fewer are no habit. */
  private static final double HABIT = 0.05;

  /** SQL and JSON are code too, so what counts more of the same answers tells less. */
  private static final double MORE = 1.2;

  /** A form by the trait that counts it; what is also code comes before code. */
  private record Form(String trait, String word) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("sqlShare", "SQL"),
          new Form("jsonShare", "JSON"),
          new Form("codeShare", "code"),
          new Form("otherLanguageShare", "another language"),
          new Form("markdownShare", "Markdown"));

  /** Returns the form that most answers have taken on. */
  static Optional<Cause> of(ArmEvidence evidence) {
    return FORMS.stream()
        .flatMap(form -> of(evidence, form).stream())
        .reduce((one, other) -> other.excess() > MORE * one.excess() ? other : one)
        .map(Cause.class::cast);
  }

  private static Optional<WrongForm> of(ArmEvidence evidence, Form form) {
    return evidence
        .risen(form.trait())
        .filter(measure -> measure.change() >= HABIT)
        .map(
            measure ->
                new WrongForm(
                    evidence.weights(),
                    form.word(),
                    Said.count(measure),
                    Said.baseCount(measure),
                    measure.n()));
  }

  private int excess() {
    return answers - baseAnswers;
  }

  @Override
  public String id() {
    return "wrongForm";
  }

  @Override
  public String sentence() {
    return "Answers in %s where no %s was asked: %s of %s, the base %s."
        .formatted(form, form, answers, all, baseAnswers);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("answers", answers, "baseAnswers", baseAnswers, "all", all);
  }

  @Override
  public List<Advice> advice() {
    return Fixes.ofForm(weights);
  }
}
