package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the decision on one tuned checkpoint stands.
 *
 * @param arm its name in the audit
 * @param state what follows from all decisions
 * @param needed approvals by different people
 * @param given approvals that hold
 * @param counting the decisions that the state follows from, newest first
 * @param all every decision on the checkpoint, void ones too, newest first
 */
public record Standing(
    String arm, ArmState state, int needed, int given, List<SignOff> counting, List<SignOff> all) {
  public Standing {
    Objects.requireNonNull(arm, "arm is null");
    Objects.requireNonNull(state, "state is null");
    counting = List.copyOf(counting);
    all = List.copyOf(all);
  }

  /**
   * Computes it.
   *
   * <p>Of people who signed in the newest decision of each counts: one rejection rejects, and the
   * checkpoint is approved when as many hold as the policy asks for. Where nobody signed in, the
   * newest decision counts; several approvals are those under different names since the last
   * rejection. Decisions on the whole audit count until there is one on the checkpoint.
   *
   * @param finished whether the audit is complete
   * @param report digest of the report as it is now
   * @param decisions on the audit, newest first
   * @param today in UTC
   */
  public static Standing of(
      String arm, boolean finished, String report, List<SignOff> decisions, LocalDate today) {
    List<SignOff> all = decisions.stream().filter(one -> one.isOnArm(arm)).toList();
    List<SignOff> now = all.stream().filter(one -> one.isOn(report)).toList();
    if (!finished) {
      return new Standing(arm, ArmState.RUNNING, 1, 0, List.of(), all);
    }
    if (now.isEmpty()) {
      ArmState state = all.isEmpty() ? ArmState.AWAITING : ArmState.VOID;
      return new Standing(arm, state, 1, 0, List.of(), all);
    }
    return of(arm, voices(now), all, today);
  }

  private static Standing of(String arm, List<SignOff> voices, List<SignOff> all, LocalDate today) {
    int needed = voices.stream().mapToInt(one -> one.terms().approvals()).max().orElse(1);
    List<SignOff> rejections = voices.stream().filter(one -> !one.isApproval()).toList();
    if (!rejections.isEmpty()) {
      return new Standing(arm, ArmState.REJECTED, needed, 0, rejections, all);
    }
    List<SignOff> valid = voices.stream().filter(one -> !one.isExpired(today)).toList();
    if (valid.size() < needed && valid.size() < voices.size()) {
      boolean was = voices.size() >= needed || valid.isEmpty();
      ArmState state = was ? ArmState.EXPIRED : ArmState.IN_REVIEW;
      return new Standing(arm, state, needed, valid.size(), voices, all);
    }
    if (valid.size() < needed) {
      return new Standing(arm, ArmState.IN_REVIEW, needed, valid.size(), valid, all);
    }
    boolean conditional =
        valid.stream().anyMatch(one -> one.decision() == SignOff.Decision.CONDITIONAL);
    ArmState state = conditional ? ArmState.CONDITIONAL : ArmState.APPROVED;
    return new Standing(arm, state, needed, valid.size(), valid, all);
  }

  /** Returns the decisions that count, at most one of each person. */
  private static List<SignOff> voices(List<SignOff> now) {
    List<SignOff> own = now.stream().filter(one -> !one.isOnAll()).toList();
    if (own.isEmpty()) {
      return now.subList(0, 1);
    }
    List<SignOff> known = own.stream().filter(SignOff::isAuthenticated).toList();
    return known.isEmpty() ? underNames(own) : firstOfEach(known);
  }

  private static List<SignOff> firstOfEach(List<SignOff> newestFirst) {
    Set<String> people = new HashSet<>();
    return newestFirst.stream().filter(one -> people.add(one.userId())).toList();
  }

  private static List<SignOff> underNames(List<SignOff> newestFirst) {
    if (!newestFirst.get(0).isApproval()) {
      return newestFirst.subList(0, 1);
    }
    Set<String> names = new HashSet<>();
    List<SignOff> approvals = new ArrayList<>();
    for (SignOff one : newestFirst) {
      if (!one.isApproval()) {
        break;
      }
      if (names.add(one.signer().toLowerCase(Locale.ROOT))) {
        approvals.add(one);
      }
    }
    int needed = approvals.stream().mapToInt(one -> one.terms().approvals()).max().orElse(1);
    return needed == 1 ? approvals.subList(0, 1) : approvals;
  }

  /** Returns the state in words, with who signed: "Approved by Ada Byron, self-approved". */
  public String words() {
    String people =
        counting.stream().map(SignOff::signedBy).distinct().collect(Collectors.joining("; "));
    return switch (state) {
      case APPROVED, CONDITIONAL, REJECTED -> state.word() + " by " + people;
      case IN_REVIEW -> state.word() + ", " + given + " of " + needed + ": " + people;
      case EXPIRED ->
          state.word()
              + expires().map(last -> " on " + last).orElse("")
              + ", was approved by "
              + people;
      default -> state.word();
    };
  }

  /** Returns the first day on which one of the approvals ends. */
  public Optional<LocalDate> expires() {
    return counting.stream()
        .flatMap(one -> one.terms().expires().stream())
        .min(LocalDate::compareTo);
  }

  /** Returns the regressions that are accepted, by the names of their gates and conditions. */
  public List<String> accepted() {
    return counting.stream()
        .flatMap(one -> one.terms().accepted().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the newest decision that counts. */
  public Optional<SignOff> latest() {
    return counting.stream().findFirst();
  }

  /** Tells whether a user has decided on the report as it is now, and that counts. */
  public boolean hasVoiceOf(String userId) {
    return !userId.isEmpty() && counting.stream().anyMatch(one -> one.userId().equals(userId));
  }
}
