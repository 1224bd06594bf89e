package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.SignedArm;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Decisions as reports show them. */
public final class Signed {
  private Signed() {}

  /** Returns where the decision on each checkpoint of a report stands, in words. */
  public static List<SignedArm> of(List<Standing> standings) {
    return standings.stream().map(Signed::of).toList();
  }

  /**
   * Returns the same for a file that is kept: as of the day of the newest decision, so that the
   * same report with the same decisions is the same file.
   *
   * @param report digest of the report
   * @param decisions newest first
   */
  public static List<Standing> asSigned(ReportData data, String report, List<SignOff> decisions) {
    LocalDate day = decisions.stream().map(SignOff::day).findFirst().orElse(LocalDate.EPOCH);
    return data.tuned().stream()
        .map(arm -> Standing.of(arm.name(), true, report, decisions, day))
        .toList();
  }

  private static SignedArm of(Standing standing) {
    List<String> lines = new ArrayList<>();
    for (SignOff one : standing.counting()) {
      boolean alone = standing.counting().size() == 1;
      lines.add(SafeText.visible(alone ? "On" + terms(one) : line(one)));
    }
    if (standing.state() == ArmState.VOID) {
      SignOff last = standing.all().get(0);
      lines.add(
          SafeText.visible(
              last.decision().word()
                  + " by "
                  + last.signedBy()
                  + " on "
                  + last.day()
                  + ", of another report"));
    }
    return new SignedArm(
        SafeText.visible(standing.arm()),
        SafeText.visible(standing.words()),
        standing.state().tone(),
        lines);
  }

  /** Returns a decision in one line, with all that it says. */
  public static String line(SignOff one) {
    return one.decision().word() + " by " + one.signedBy() + " on" + terms(one);
  }

  private static String terms(SignOff one) {
    StringBuilder line = new StringBuilder(" ").append(one.day());
    if (one.independence() == SignOff.Independence.NOT_RECORDED) {
      line.append(" (").append(one.independence().word()).append(")");
    }
    one.terms().expires().ifPresent(last -> line.append(", holds to the end of ").append(last));
    if (one.terms().approvals() > 1) {
      line.append(", one of ").append(one.terms().approvals()).append(" approvals needed");
    }
    if (!one.terms().accepted().isEmpty()) {
      line.append("; accepted: ").append(String.join(", ", one.terms().accepted()));
    }
    if (!one.terms().condition().isEmpty()) {
      line.append("; condition: ").append(one.terms().condition());
    }
    if (!one.comment().isEmpty()) {
      line.append("; ").append(one.comment());
    }
    return line.toString();
  }
}
