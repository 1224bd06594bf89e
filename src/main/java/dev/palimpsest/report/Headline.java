package dev.palimpsest.report;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditResult;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Finding;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.ReleaseVerdict;
import dev.palimpsest.audit.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in one sentence what an approver needs first. */
final class Headline {
  private static final Set<Verdict> UNDECIDED =
      EnumSet.of(Verdict.INCONCLUSIVE, Verdict.UNINFORMATIVE);

  private Headline() {}

  /** The sentence on the whole; of a single checkpoint, the sentence on that. */
  static String ofWhole(AuditResult result) {
    List<Arm> arms = result.audit().plan().tuned();
    if (arms.size() == 1) {
      return ofArm(result, arms.get(0).name());
    }
    if (result.verdict() == ReleaseVerdict.INCOMPLETE) {
      return "The audit is not complete: nothing can be signed off on it yet.";
    }
    return "Of "
        + arms.size()
        + " checkpoints "
        + joined(
            List.of(
                part(result, ReleaseVerdict.FAIL, "fail"),
                part(result, ReleaseVerdict.NOT_PROVEN, "stay unproven"),
                part(result, ReleaseVerdict.PASS, "pass")))
        + ".";
  }

  private static String part(AuditResult result, ReleaseVerdict verdict, String plural) {
    List<String> names =
        result.audit().plan().tuned().stream()
            .map(Arm::name)
            .filter(name -> result.verdicts().get(name) == verdict)
            .toList();
    if (names.isEmpty()) {
      return "";
    }
    String verb = names.size() > 1 ? plural : plural.replaceFirst("^(fail|stay|pass)", "$1s");
    return names.size() + " " + verb.replace("passs", "passes") + " (" + joined(names) + ")";
  }

  /** The sentence on one checkpoint. */
  static String ofArm(AuditResult result, String arm) {
    List<Finding> findings =
        result.findings().stream().filter(finding -> finding.tuned().equals(arm)).toList();
    return switch (result.verdicts().getOrDefault(arm, ReleaseVerdict.INCOMPLETE)) {
      case FAIL -> failed(arm, findings);
      case PASS -> passed(arm, findings);
      case NOT_PROVEN -> arm + " is not proven: nothing failed, but " + undecided(findings) + ".";
      case INCOMPLETE -> arm + " is not judged: the audit is not complete.";
    };
  }

  private static String failed(String arm, List<Finding> findings) {
    String falls =
        joined(
            with(findings, EnumSet.of(Verdict.FAILED)).stream()
                .map(
                    finding ->
                        name(finding)
                            + " fell "
                            + Points.of(finding.delta())
                            + " points (margin "
                            + Points.of(finding.margin())
                            + ")")
                .toList());
    String rest = with(findings, UNDECIDED).isEmpty() ? "" : "; " + undecided(findings);
    return arm + " fails: " + falls + rest + ".";
  }

  private static String passed(String arm, List<Finding> findings) {
    List<Finding> regressed = with(findings, EnumSet.of(Verdict.CERTIFIED_WITH_REGRESSION));
    String scope =
        findings.size() == 1
            ? "any drop in " + name(findings.get(0)) + " is proven smaller than its margin"
            : "on all "
                + findings.size()
                + " capabilities any drop is proven smaller than its margin";
    String regressions =
        regressed.isEmpty() ? "" : "; there is a real but smaller drop in " + names(regressed);
    return arm + " passes: " + scope + regressions + ".";
  }

  private static String undecided(List<Finding> findings) {
    List<Finding> open = with(findings, UNDECIDED);
    return names(open) + (open.size() == 1 ? " is" : " are") + " not decided by these items";
  }

  private static List<Finding> with(List<Finding> findings, Set<Verdict> verdicts) {
    return findings.stream().filter(finding -> verdicts.contains(finding.verdict())).toList();
  }

  private static String names(List<Finding> findings) {
    return joined(findings.stream().map(Headline::name).toList());
  }

  private static String name(Finding finding) {
    return CapabilityName.words(finding.capability());
  }

  /** Joins non-empty parts as "a", "a and b", "a, b and c". */
  private static String joined(List<String> parts) {
    List<String> said = parts.stream().filter(part -> !part.isEmpty()).toList();
    if (said.size() < 2) {
      return String.join("", said);
    }
    String first = said.subList(0, said.size() - 1).stream().collect(Collectors.joining(", "));
    return first + " and " + said.get(said.size() - 1);
  }
}
