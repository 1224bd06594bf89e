package dev.palimpsest.audit.review;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the reviews of an audit come to: of each answer, the newest ruling that was not retracted.
 */
public final class Rulings {
  private final List<Review> all;
  private final Map<Review.Answer, List<Review>> said;
  private final Set<Long> retracted = new HashSet<>();
  private final Map<Review.Answer, Review> standing = new LinkedHashMap<>();

  private Rulings(List<Review> all) {
    this.all = List.copyOf(all);
    this.said = all.stream().collect(Collectors.groupingBy(Review::answer));
    all.forEach(review -> review.retracts().ifPresent(retracted::add));
    all.stream()
        .filter(review -> review.act().isRuling() && !isRetracted(review))
        .forEach(review -> standing.put(review.answer(), review));
  }

  /**
   * Reads reviews.
   *
   * @param all of one audit, oldest first
   */
  public static Rulings of(List<Review> all) {
    return new Rulings(all);
  }

  /** Tells whether a review was taken back. */
  public boolean isRetracted(Review review) {
    return retracted.contains(review.id());
  }

  /** Returns the ruling on an answer that holds now. */
  public Optional<Review> on(Outcome outcome) {
    return Optional.ofNullable(standing.get(answer(outcome)));
  }

  /** Returns everything that was said of an answer, oldest first. */
  public List<Review> history(Outcome outcome) {
    Review.Answer answer = answer(outcome);
    return said.getOrDefault(answer, List.of());
  }

  /** Returns the items of a suite of which anything was said on one of two arms. */
  public Set<String> items(String suite, String base, String tuned) {
    return all.stream()
        .map(Review::answer)
        .filter(answer -> answer.suite().equals(suite))
        .filter(answer -> answer.arm().equals(base) || answer.arm().equals(tuned))
        .map(Review.Answer::itemId)
        .collect(Collectors.toSet());
  }

  /** Tells whether a ruling that holds says otherwise than the program's score. */
  public boolean isOverridden(Outcome outcome) {
    return on(outcome)
        .filter(
            ruling ->
                outcome.state() != Outcome.State.SCORED
                    || outcome.isRight() != (ruling.act() == Review.Act.RIGHT))
        .isPresent();
  }

  /** Returns what would have become of an item if people's rulings were its scores. */
  public PairedOutcome.Change change(PairedOutcome pair) {
    return PairedOutcome.Change.of(
        state(pair.base()), isRight(pair.base()), state(pair.tuned()), isRight(pair.tuned()));
  }

  private Outcome.State state(Outcome outcome) {
    return on(outcome).isPresent() ? Outcome.State.SCORED : outcome.state();
  }

  private boolean isRight(Outcome outcome) {
    return on(outcome).map(ruling -> ruling.act() == Review.Act.RIGHT).orElseGet(outcome::isRight);
  }

  private static Review.Answer answer(Outcome outcome) {
    return new Review.Answer(outcome.suite(), outcome.arm(), outcome.itemId());
  }
}
