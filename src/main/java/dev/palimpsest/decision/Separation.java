package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.account.Users;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.Waiver;
import dev.palimpsest.audit.run.AuditPeople;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose work it is does not decide on it: who asked for the audit, brought the checkpoint or waived
 * a condition of the policy. Where nobody else could decide, they may, and the decision says so.
 */
public final class Separation {
  private final Users users;
  private final AuditPeople people;

  public Separation(Users users, AuditPeople people) {
    this.users = users;
    this.people = people;
  }

  /**
   * What a user is to a checkpoint of an audit.
   *
   * @param ties why it is the user's own work, in words; empty where nothing ties them
   * @param alone whether nobody else could decide
   * @param known whether it is kept whose work it is
   */
  public record Relation(List<String> ties, boolean alone, boolean known) {
    public Relation {
      ties = List.copyOf(ties);
    }

    /** Returns why the user may not decide, as a sentence. */
    public Optional<String> obstacle() {
      return ties.isEmpty() || alone
          ? Optional.empty()
          : Optional.of(
              "You " + String.join(" and ", ties) + ": somebody else has to decide on it.");
    }

    /** Returns what a decision of the user says of it. */
    public SignOff.Independence independence() {
      if (!ties.isEmpty()) {
        return SignOff.Independence.SELF_APPROVED;
      }
      return known ? SignOff.Independence.INDEPENDENT : SignOff.Independence.NOT_RECORDED;
    }
  }

  /**
   * Returns what a user is to a checkpoint.
   *
   * @param digest of the checkpoint
   */
  public Relation of(User user, Audit audit, String digest) {
    return of(user, audit, people.of(audit.id()), digest, approvers());
  }

  /** Returns the ids of the people who can decide at all. */
  List<String> approvers() {
    return users.list().stream()
        .filter(one -> !one.disabled() && !one.invited() && one.role().covers(UserRole.APPROVER))
        .map(User::id)
        .toList();
  }

  AuditPeople.People people(String auditId) {
    return people.of(auditId);
  }

  Relation of(
      User user, Audit audit, AuditPeople.People work, String digest, List<String> approvers) {
    List<String> ties = new ArrayList<>();
    if (work.requester().filter(user.id()::equals).isPresent()) {
      ties.add("asked for this audit");
    }
    if (work.uploaders(digest).contains(user.id())) {
      ties.add("brought this checkpoint");
    }
    if (hasWaived(user, audit)) {
      ties.add("waived a condition of its policy");
    }
    boolean alone = approvers.stream().allMatch(user.id()::equals);
    return new Relation(ties, alone, work.areKnown(digest));
  }

  /** A policy names who answers for a waiver as people write names. */
  private static boolean hasWaived(User user, Audit audit) {
    return audit.plan().policy().stream()
        .flatMap(planned -> planned.policy().waivers().stream())
        .map(Waiver::who)
        .anyMatch(who -> isSame(who, user.name()) || isSame(who, user.printedName()));
  }

  private static boolean isSame(String one, String other) {
    return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }
}
