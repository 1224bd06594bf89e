package dev.palimpsest.web;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.page.ItemView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a page shows of the reviews of an item.
 *
 * @param entries newest first
 * @param sentence what holds now beside the scores, "" where nothing is overridden
 */
public record ReviewView(List<Entry> entries, String sentence) {
  /**
   * A review.
   *
   * @param of "base" or "tuned"
   * @param what it says, in words
   * @param retractable whether it may still be taken back
   */
  public record Entry(
      long id,
      String of,
      String arm,
      String what,
      String author,
      String reason,
      Instant at,
      boolean retracted,
      boolean retractable) {}

  static ReviewView of(PairedOutcome pair, Rulings rulings) {
    List<Entry> entries =
        Stream.concat(
                rulings.history(pair.base()).stream().map(one -> entry("base", one, rulings)),
                rulings.history(pair.tuned()).stream().map(one -> entry("tuned", one, rulings)))
            .sorted(Comparator.comparingLong(Entry::id).reversed())
            .toList();
    return new ReviewView(entries, sentence(pair, rulings));
  }

  private static Entry entry(String of, Review review, Rulings rulings) {
    boolean retracted = rulings.isRetracted(review);
    return new Entry(
        review.id(),
        of,
        review.answer().arm(),
        words(review.act()),
        SafeText.visible(review.author()),
        SafeText.visible(review.reason()),
        review.at(),
        retracted,
        !retracted && review.act() != Review.Act.RETRACTION);
  }

  private static String words(Review.Act act) {
    return switch (act) {
      case NOTE -> "Note";
      case RIGHT -> "Right";
      case WRONG -> "Wrong";
      case RETRACTION -> "Takes back";
    };
  }

  private static String sentence(PairedOutcome pair, Rulings rulings) {
    String sides =
        Stream.of(pair.base(), pair.tuned())
            .filter(rulings::isOverridden)
            .map(outcome -> side(outcome, rulings))
            .reduce((one, other) -> one + " " + other)
            .orElse("");
    return sides.isEmpty()
        ? ""
        : sides
            + " With "
            + (rulings.isOverridden(pair.base()) && rulings.isOverridden(pair.tuned())
                ? "these rulings"
                : "this ruling")
            + " the item would be "
            + rulings.change(pair).name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
            + "; the score and the verdict stay.";
  }

  private static String side(Outcome outcome, Rulings rulings) {
    Review ruling = rulings.on(outcome).orElseThrow();
    return "%s says that the answer of %s is %s; the program's score says: %s."
        .formatted(
            SafeText.visible(ruling.author()),
            SafeText.visible(outcome.arm()),
            ruling.act() == Review.Act.RIGHT ? "right" : "wrong",
            ItemView.result(outcome));
  }
}
