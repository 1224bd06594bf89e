package dev.palimpsest.suite.own;

import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of items that a table can hold, with the columns of each. */
@SuppressWarnings("ImmutableEnumChecker") // The lists are made by List.of, which nothing changes.
public enum OwnKind {
  /** A question, its choices and the right one. */
  CHOICE(Metric.ACCURACY, List.of("question", "answer"), choices()),
  /** A question, a good and a bad way to act. */
  MARGIN(Metric.ALIGNED_RATE, List.of("question", "aligned", "misaligned"), List.of()),
  /** A task and what its answer is checked for. */
  INSTRUCTION(
      Metric.PASS_RATE,
      List.of("prompt"),
      List.of("checks", "contains", "excludes", "min_words", "max_words", "max_tokens"));

  /** Most choices that an item has. */
  static final int MOST_CHOICES = 6;

  private static final List<String> COMMON = List.of("id", "tier", "topic", "cluster", "system");

  private final Metric metric;
  private final List<String> needed;
  private final List<String> optional;

  OwnKind(Metric metric, List<String> needed, List<String> optional) {
    this.metric = metric;
    this.needed = needed;
    this.optional = optional;
  }

  /** Returns the kind that a form names, "choice" say. */
  public static Optional<OwnKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /** Returns the name used in files and forms. */
  public String label() {
    return item().label();
  }

  /** Returns what the mean of the scores is called. */
  public Metric metric() {
    return metric;
  }

  ItemKind item() {
    return metric.kind();
  }

  /** Returns the columns without which no row is an item. */
  List<String> needed() {
    return needed;
  }

  /** Returns every column that a table may have. */
  List<String> columns() {
    return Stream.of(needed, optional, COMMON).flatMap(List::stream).toList();
  }

  private static List<String> choices() {
    return Stream.of(
            Stream.of("choices"),
            IntStream.range(0, MOST_CHOICES).mapToObj(OwnKind::letter),
            IntStream.rangeClosed(1, MOST_CHOICES).mapToObj(OwnKind::numbered))
        .flatMap(names -> names)
        .toList();
  }

  /** Returns the column of a choice by its letter, "a" for the one at 0. */
  static String letter(int index) {
    return String.valueOf((char) ('a' + index));
  }

  /** Returns the column of a choice by its number, "choice_1" for 1. */
  static String numbered(int number) {
    return "choice_" + number;
  }
}
