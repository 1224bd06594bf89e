package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where decisions on the checkpoints of reports are made and looked up. */
public final class DecisionDesk {
  private final SignOffs signOffs;
  private final Separation separation;
  private final Clock clock;

  public DecisionDesk(SignOffs signOffs, Separation separation, Clock clock) {
    this.signOffs = signOffs;
    this.separation = separation;
    this.clock = clock;
  }

  /**
   * What somebody decides.
   *
   * @param arm the checkpoint's name in the audit
   * @param decision null where none was chosen
   * @param signer the name as typed, of whoever has no account
   * @param accepted names of the regressions that are accepted
   * @param turn which of the person's decisions on it this is, as {@link #turn} said
   */
  public record Wish(
      String arm,
      SignOff.Decision decision,
      String signer,
      String comment,
      List<String> accepted,
      String condition,
      Optional<LocalDate> expires,
      long turn) {
    public Wish {
      accepted = List.copyOf(accepted);
    }
  }

  /**
   * Returns where the decisions on the checkpoints of an audit stand, in plan order.
   *
   * @param finished whether the audit is complete
   */
  public List<Standing> standings(Report report, boolean finished) {
    List<SignOff> decisions = signOffs.of(report.data().audit().id());
    return report.data().tuned().stream()
        .map(arm -> Standing.of(arm.name(), finished, report.digest(), decisions, today()))
        .toList();
  }

  /** Returns what a user is to a checkpoint of an audit. */
  public Separation.Relation relation(User user, Audit audit, ReportData.TunedCheckpoint arm) {
    return separation.of(user, audit, arm.digest());
  }

  /** Returns the number of the next decision of a person on a checkpoint. */
  public long turn(Report report, String arm, Optional<User> user) {
    return signOffs.turn(
        report.data().audit().id(), report.digest(), arm, user.map(User::id).orElse(""));
  }

  /** Returns how many people have to approve a checkpoint of an audit. */
  public static int needed(Audit audit) {
    return audit.plan().policy().map(planned -> planned.policy().approvalsNeeded()).orElse(1);
  }

  /**
   * Makes a decision whose signer is known to be who he or she says.
   *
   * @param user empty where there are no accounts
   * @return the decision as it is kept
   * @throws SignOffException if it cannot be made so
   */
  public SignOff check(Audit audit, Report report, Optional<User> user, Wish wish) {
    ReportData.TunedCheckpoint arm = arm(report.data(), wish.arm());
    Optional<Separation.Relation> relation =
        user.map(one -> separation.of(one, audit, arm.digest()));
    relation
        .flatMap(Separation.Relation::obstacle)
        .ifPresent(
            sentence -> {
              throw new SignOffException(sentence);
            });
    requireAccepted(Regression.of(report.data(), arm.name()), wish);
    requireTermsThatFit(wish);
    return new SignOff(
        audit.id(),
        report.digest(),
        new SignOff.Checkpoint(arm.name(), arm.digest()),
        wish.decision(),
        user.map(User::printedName).orElse(wish.signer()),
        user.map(User::id).orElse(""),
        wish.comment(),
        terms(wish).of(needed(audit)),
        relation
            .map(Separation.Relation::independence)
            .orElse(SignOff.Independence.UNAUTHENTICATED),
        Instant.now(clock).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Keeps a decision that was checked.
   *
   * @param signing by whoever decides
   * @return false if it was there already
   */
  public boolean keep(SignOff signOff, long turn, SignOffs.Signing signing) {
    return signOffs.add(signOff, turn, signing);
  }

  private static ReportData.TunedCheckpoint arm(ReportData data, String name) {
    return data.tuned().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SignOffException(
                    "Say which checkpoint you decide on; choose it on the page of the audit's"
                        + " decisions."));
  }

  /** What is proven lost is not approved in passing: it is accepted by name, all of it. */
  private static void requireAccepted(List<Regression> regressions, Wish wish) {
    TreeSet<String> names =
        regressions.stream().map(Regression::name).collect(Collectors.toCollection(TreeSet::new));
    if (wish.decision() == SignOff.Decision.APPROVED && !names.isEmpty()) {
      throw new SignOffException(
          "This checkpoint has proven regressions ("
              + String.join(", ", names)
              + "): approve it with conditions and accept each of them, or reject it.");
    }
    if (wish.decision() == SignOff.Decision.CONDITIONAL) {
      if (!names.containsAll(wish.accepted())) {
        throw new SignOffException(
            "One of the accepted regressions is not in the report; choose among those that are.");
      }
      names.removeAll(wish.accepted());
      if (!names.isEmpty()) {
        throw new SignOffException(
            "To approve with conditions is to accept every proven regression; "
                + String.join(", ", names)
                + (names.size() == 1 ? " is not accepted" : " are not accepted")
                + ". Accept all of them, or reject the checkpoint.");
      }
    }
  }

  /** What was typed and would be left out of the decision is no slip to pass over in silence. */
  private static void requireTermsThatFit(Wish wish) {
    if (wish.decision() == SignOff.Decision.APPROVED && !wish.condition().isBlank()) {
      throw new SignOffException(
          "A condition is written, and the decision is an approval without any: choose \"approve it"
              + " with conditions\", or empty the condition.");
    }
    if (wish.decision() == SignOff.Decision.REJECTED
        && !(wish.condition().isBlank() && wish.accepted().isEmpty())) {
      throw new SignOffException(
          "A rejection has no conditions and accepts no regression: write the reason as the comment"
              + " and leave both empty, or choose \"approve it with conditions\".");
    }
    if (wish.decision() == SignOff.Decision.REJECTED && wish.expires().isPresent()) {
      throw new SignOffException(
          "A rejection has no last day; empty it, and decide anew when things have changed.");
    }
  }

  private SignOff.Terms terms(Wish wish) {
    if (wish.decision() == null || wish.decision() == SignOff.Decision.REJECTED) {
      return SignOff.Terms.NONE;
    }
    wish.expires()
        .filter(last -> last.isBefore(today()))
        .ifPresent(
            last -> {
              throw new SignOffException(
                  "The approval would have ended on "
                      + last
                      + " already; choose today or a later day, or none.");
            });
    boolean conditional = wish.decision() == SignOff.Decision.CONDITIONAL;
    return new SignOff.Terms(
        conditional ? wish.accepted().stream().distinct().sorted().toList() : List.of(),
        conditional ? wish.condition() : "",
        wish.expires(),
        1);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(Instant.now(clock), ZoneOffset.UTC);
  }
}
