package dev.palimpsest.audit.label;

import dev.palimpsest.Wording;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a named person says of a target.
 *
 * @param grade from 0 to 100; set exactly where the target is one answer
 * @param choice the better of two; set exactly where the target is a pair
 * @param author the person's name
 */
public record Label(
    Target target, OptionalDouble grade, Optional<Choice> choice, String author, Instant at) {
  private static final int MAX_AUTHOR = 200;

  /** The better of two answers. */
  public enum Choice {
    BASE(0),
    TUNED(1),
    /** Neither is better. */
    SAME(2);

    /** Which category it is where agreement is counted; categories have no order. */
    private final int category;

    Choice(int category) {
      this.category = category;
    }
  }

  public Label {
    Objects.requireNonNull(target, "target is null");
    Objects.requireNonNull(at, "at is null");
    if (grade.isPresent() != (target.kind() == Target.Kind.GRADE)
        || choice.isPresent() == grade.isPresent()) {
      throw new LabelException("Give one answer a grade, or say which of two is better.");
    }
    if (grade.isPresent() && !(grade.getAsDouble() >= 0 && grade.getAsDouble() <= 100)) {
      throw new LabelException(
          "The grade is " + grade.getAsDouble() + "; it should be a number from 0 to 100.");
    }
    author = author == null ? "" : author.strip();
    if (author.isEmpty()) {
      throw new LabelException("A label needs your name; write it and label again.");
    }
  }

  /** Makes the grade of one answer. */
  public static Label grade(Target target, double grade, String author, Instant at) {
    return new Label(target, OptionalDouble.of(grade), Optional.empty(), author, at);
  }

  /** Makes the choice between two answers. */
  public static Label choice(Target target, Choice choice, String author, Instant at) {
    return new Label(target, OptionalDouble.empty(), Optional.of(choice), author, at);
  }

  /** Returns the same with the name by the rule of {@link Wording}. */
  Label inPlainWords() {
    return new Label(
        target, grade, choice, Wording.name("reviewer's name", author, MAX_AUTHOR), at);
  }

  /** Returns it as a number: the grade, or the category of the choice. */
  double value() {
    return grade.orElseGet(() -> choice.orElseThrow().category);
  }
}
