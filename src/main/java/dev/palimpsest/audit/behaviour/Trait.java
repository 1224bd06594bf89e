package dev.palimpsest.audit.behaviour;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that is counted of answers.
 *
 * @param id for tools, such as "meanWords"
 * @param label for people, such as "Mean length"
 * @param unit what its values count in
 * @param values one per answer, NaN where it does not apply; their mean is the trait's value
 */
record Trait(String id, String label, Unit unit, Function<List<Answer>, double[]> values) {
  /** What a value counts in. */
  enum Unit {
    /** A share of answers, in [0, 1]. */
    SHARE,
    WORDS;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Every trait, in the order in which they are shown. */
  static final List<Trait> ALL =
      List.of(
          new Trait("distinctOutputs", "Distinct answers", Unit.SHARE, Repeats::firsts),
          new Trait(
              "meanWords",
              "Mean length",
              Unit.WORDS,
              all -> all.stream().mapToDouble(answer -> answer.form().words()).toArray()),
          share("codeShare", "Code", answer -> answer.form().code()),
          share("sqlShare", "SQL", answer -> answer.form().sql()),
          share("jsonShare", "JSON", answer -> answer.form().json()),
          share("markdownShare", "Markdown", answer -> answer.form().markdown()),
          share("otherLanguageShare", "Not in English", Trait::isForeign),
          new Trait("boilerplateShare", "Boilerplate", Unit.SHARE, Repeats::boilerplate),
          share("refusalShare", "Refusals", answer -> answer.form().refusal()),
          share("cutOffShare", "Cut off by the limit", Answer::cutOff),
          checked("strict", "Pass as they are", Answer::strict),
          checked("lenient", "Pass without a frame", Answer::lenient));

  private static boolean isForeign(Answer answer) {
    String language = answer.form().language();
    return !language.isEmpty() && !language.equals("en");
  }

  private static Trait share(String id, String label, Predicate<Answer> has) {
    return new Trait(
        id,
        label,
        Unit.SHARE,
        all -> all.stream().mapToDouble(answer -> has.test(answer) ? 1 : 0).toArray());
  }

  private static Trait checked(String id, String label, Function<Answer, Optional<Boolean>> flag) {
    return new Trait(
        id,
        label,
        Unit.SHARE,
        all ->
            all.stream()
                .mapToDouble(
                    answer -> flag.apply(answer).map(yes -> yes ? 1.0 : 0.0).orElse(Double.NaN))
                .toArray());
  }
}
