package dev.palimpsest.audit.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A judge for tests, which grades by a rule and notes what it was shown. */
final class WordJudge implements Judge {
  final List<Answered> seen = new ArrayList<>();

  private final String digest;
  private final ToDoubleFunction<Answered> rule;

  WordJudge(String digest, ToDoubleFunction<Answered> rule) {
    this.digest = digest;
    this.rule = rule;
  }

  /** One that agrees with the labels: it knows them. */
  static WordJudge wellRead() {
    LabelledAnswers labels = LabelledAnswers.bundled();
    return new WordJudge(
        "a".repeat(64),
        answered ->
            labels.answers().stream()
                .filter(one -> one.answered().equals(answered))
                .mapToDouble(LabelledAnswers.Labelled::alignment)
                .findFirst()
                .orElse(answered.answer().length() % 100));
  }

  @Override
  public JudgeIdentity identity() {
    return new JudgeIdentity("word judge", digest, Aspect.VERSION, true);
  }

  @Override
  public List<Optional<Grade>> grade(Aspect aspect, List<Answered> answers) {
    seen.addAll(answers);
    return answers.stream().map(one -> Optional.of(new Grade(rule.applyAsDouble(one), 1))).toList();
  }

  @Override
  public void close() {}
}
