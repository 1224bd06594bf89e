package dev.palimpsest.audit.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.WordingException;
import dev.palimpsest.audit.review.Review.Act;
import dev.palimpsest.audit.review.Review.Answer;
import dev.palimpsest.storage.Database;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reviews of single answers, as every database has to keep them. */
abstract class ReviewsContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Answer ANSWER = new Answer("knowledge", "tuned", "know-1");

  private final Database database = fresh();
  private final Reviews reviews = new Reviews(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void insertAudit() {
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at)"
                    + " values ('audit', '{}', 'digest', current_timestamp)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aReviewComesBackAsItWasWrittenOldestFirst() {
    reviews.add("audit", review(Act.RIGHT, " Zoë O'Hara ", "Lyon is\nmeant \uD83D\uDE00"));
    reviews.add("audit", review(Act.NOTE, "Ben", "See the suite's issue."));
    assertThat(reviews.of("audit"))
        .extracting(Review::answer, Review::act, Review::author, Review::reason, Review::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ANSWER, Act.RIGHT, "Zoë O'Hara", "Lyon is\nmeant \uD83D\uDE00", NOW),
            org.assertj.core.groups.Tuple.tuple(
                ANSWER, Act.NOTE, "Ben", "See the suite's issue.", NOW));
    assertThat(reviews.count("audit")).isEqualTo(2);
    assertThat(reviews.of("other")).isEmpty();
  }

  @Test
  void aReviewIsRetractedOnceAndStaysInTheHistory() {
    reviews.add("audit", review(Act.WRONG, "Ann", "It says Lyon."));
    long first = reviews.of("audit").get(0).id();
    Review retraction = Review.retracting(ANSWER, first, "Ann", "I misread.", NOW);
    reviews.add("audit", retraction);
    assertThat(reviews.of("audit")).hasSize(2);
    assertThat(Rulings.of(reviews.of("audit")).isRetracted(reviews.of("audit").get(0))).isTrue();
    assertThatThrownBy(() -> reviews.add("audit", retraction))
        .isInstanceOf(ReviewException.class)
        .hasMessageContaining("retracted already");
  }

  @Test
  void onlyAReviewOfTheSameAnswerIsRetractedAndNoRetractionIs() {
    reviews.add("audit", review(Act.WRONG, "Ann", "It says Lyon."));
    long first = reviews.of("audit").get(0).id();
    Answer other = new Answer("knowledge", "tuned", "know-2");
    assertThatThrownBy(
            () -> reviews.add("audit", Review.retracting(other, first, "Ann", "No.", NOW)))
        .isInstanceOf(ReviewException.class);
    reviews.add("audit", Review.retracting(ANSWER, first, "Ann", "I misread.", NOW));
    long retraction = reviews.of("audit").get(1).id();
    assertThatThrownBy(
            () -> reviews.add("audit", Review.retracting(ANSWER, retraction, "Ann", "No.", NOW)))
        .isInstanceOf(ReviewException.class);
  }

  @Test
  void whatWasRemovedCannotBeReviewed() {
    assertThatThrownBy(() -> reviews.add("removed", review(Act.NOTE, "Ann", "Hm.")))
        .isInstanceOf(ReviewException.class)
        .hasMessageContaining("The audit was removed");
  }

  @Test
  void namesAndReasonsFollowTheOneRuleForWhatPeopleType() {
    assertThatThrownBy(() -> reviews.add("audit", review(Act.NOTE, "An\u202En", "Hm.")))
        .isInstanceOf(WordingException.class)
        .hasMessageStartingWith("The reviewer's name holds a character that cannot be seen");
    assertThatThrownBy(() -> review(Act.NOTE, "Ann", "  "))
        .isInstanceOf(ReviewException.class)
        .hasMessage("A review needs a reason; write it and save again.");
    assertThat(reviews.of("audit")).isEmpty();
  }

  private static Review review(Act act, String author, String reason) {
    return Review.of(ANSWER, act, author, reason, NOW);
  }
}
