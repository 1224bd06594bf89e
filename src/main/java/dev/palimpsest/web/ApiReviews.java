package dev.palimpsest.web;

import dev.palimpsest.account.User;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.ReviewException;
import dev.palimpsest.audit.review.Reviews;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What people say of single answers, for programs. */
final class ApiReviews {
  private static final String PATH = "/audits/{id}/reviews";

  /** What somebody said of an answer. */
  record ReviewTold(
      long id,
      String suite,
      @Says("The base's name, or that of a tuned checkpoint.") String arm,
      String item,
      Review.Act act,
      @Says("Id of the review that is taken back.") OptionalLong retracts,
      String author,
      String reason,
      Instant at) {
    static ReviewTold of(Review one) {
      return new ReviewTold(
          one.id(),
          one.answer().suite(),
          one.answer().arm(),
          one.answer().itemId(),
          one.act(),
          one.retracts(),
          one.author(),
          one.reason(),
          one.at());
    }
  }

  /** What somebody says of an answer. */
  record NewReview(
      @Says(shortest = 1) String suite,
      @Says(value = "The base's name, or that of a tuned checkpoint.", shortest = 1) String arm,
      @Says(shortest = 1) String item,
      Review.Act act,
      @Says(value = "Id of the review that is taken back.", least = 1) Optional<Long> retracts,
      @Says(value = "Who says so, where there are no accounts.", longest = 200)
          Optional<String> author,
      @Says(shortest = 1, longest = 4000) String reason) {}

  private final Reports reports;
  private final Reviews reviews;
  private final Clock clock;

  ApiReviews(Reports reports, Reviews reviews, Clock clock) {
    this.reports = reports;
    this.reviews = reviews;
    this.clock = clock;
  }

  void routes(ApiRoutes api) {
    api.get(PATH, Role.VIEWER, "listReviews", "What people said of answers, oldest first")
        .pages(ReviewTold.class)
        .by(call -> call.page(told(reports.audit(call.step("id")).id())));
    api.post(PATH, Role.AUDITOR, "addReview", "Says something of an answer; no verdict changes")
        .takes(NewReview.class)
        .creates(ReviewTold.class)
        .refuses(409)
        .by(this::add);
  }

  private List<ReviewTold> told(String audit) {
    return reviews.of(audit).stream().map(ReviewTold::of).toList();
  }

  private ReviewTold add(Call call) {
    String audit = reports.audit(call.step("id")).id();
    if (!reports.isFinished(audit)) {
      throw new WebException(
          409, "The audit is not complete; its answers can be reviewed when it is.");
    }
    NewReview asked = call.body(NewReview.class);
    requireAnswer(audit, asked);
    reviews.add(audit, review(call, asked));
    reports.renew(audit);
    List<ReviewTold> all = told(audit);
    return all.get(all.size() - 1);
  }

  private void requireAnswer(String audit, NewReview asked) {
    Report report = reports.recent(audit);
    boolean there =
        report.data().capabilities().stream()
            .filter(one -> one.suite().equals(asked.suite()))
            .filter(
                one ->
                    one.tuned().equals(asked.arm())
                        || report.data().base().name().equals(asked.arm()))
            .anyMatch(
                one -> !report.pairs(one.suite(), one.tuned()).of(List.of(asked.item())).isEmpty());
    if (!there) {
      throw WebException.notFound("This report has no such item.");
    }
  }

  private Review review(Call call, NewReview asked) {
    String author =
        Visitor.user(call.ctx()).map(User::printedName).orElse(asked.author().orElse(""));
    Review.Answer answer = new Review.Answer(asked.suite(), asked.arm(), asked.item());
    Instant now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
    if (asked.act() != Review.Act.RETRACTION) {
      return Review.of(answer, asked.act(), author, asked.reason(), now);
    }
    long retracted =
        asked
            .retracts()
            .orElseThrow(
                () -> new ReviewException("A retraction names the review that it takes back."));
    return Review.retracting(answer, retracted, author, asked.reason(), now);
  }
}
