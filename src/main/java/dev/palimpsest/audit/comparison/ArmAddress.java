package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.Audit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A checkpoint as people name it, {@code AUDIT:ARM}; the arm may be left out where an audit has one
 * tuned checkpoint.
 *
 * @param audit the audit's id
 * @param arm the arm's name, "" for the only one
 * @param base the name of the arm that it is seen against, "" for the audit's base
 */
public record ArmAddress(String audit, String arm, String base) {
  /** Reads {@code AUDIT} or {@code AUDIT:ARM}; an audit's id has no colon, an arm's name may. */
  public static ArmAddress of(String text, String base) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new ArmAddress(text, "", base)
        : new ArmAddress(text.substring(0, colon), text.substring(colon + 1), base);
  }

  /** Returns how it is written. */
  public String text() {
    return arm.isEmpty() ? audit : audit + ":" + arm;
  }

  /**
   * Finds what it names.
   *
   * @param found the audit of that id
   * @param facts gives how the audit ran
   * @throws AuditException if the audit has no such arm, or several and none is named
   */
  public Side in(Audit found, Function<Audit, Map<String, String>> facts) {
    Arm base = this.base.isEmpty() ? found.plan().base() : named(found, this.base);
    Arm named = arm.isEmpty() ? only(found) : named(found, arm);
    return new Side(found, named, base, facts.apply(found));
  }

  private static Arm only(Audit found) {
    List<Arm> tuned = found.plan().tuned();
    if (tuned.size() > 1) {
      throw new AuditException(
          "Audit "
              + found.id()
              + " has several checkpoints ("
              + names(tuned.stream())
              + "); name one, as "
              + found.id()
              + ":"
              + tuned.get(0).name()
              + ".");
    }
    return tuned.get(0);
  }

  private static Arm named(Audit found, String name) {
    return arms(found)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AuditException(
                    "Audit "
                        + found.id()
                        + " has no checkpoint "
                        + name
                        + "; it has "
                        + names(arms(found))
                        + "."));
  }

  private static Stream<Arm> arms(Audit found) {
    return Stream.concat(Stream.of(found.plan().base()), found.plan().tuned().stream());
  }

  private static String names(Stream<Arm> arms) {
    return arms.map(Arm::name).collect(Collectors.joining(", "));
  }
}
