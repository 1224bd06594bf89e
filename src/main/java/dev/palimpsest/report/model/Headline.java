package dev.palimpsest.report.model;

import dev.palimpsest.Listing;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Says in one sentence what an approver needs first. */
public final class Headline {
  private static final Set<Verdict> UNDECIDED =
      EnumSet.of(Verdict.INCONCLUSIVE, Verdict.UNINFORMATIVE);

  private Headline() {}

  /** Returns the sentence on the whole; of a single checkpoint, the sentence on that. */
  public static String ofWhole(AuditResult result) {
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
        + Listing.of(
            List.of(
                part(names(result, ReleaseVerdict.FAIL, false), "fails", "fail"),
                part(
                    names(result, ReleaseVerdict.NOT_PROVEN, true),
                    "stays unproven with a proven regression",
                    "stay unproven with a proven regression"),
                part(
                    names(result, ReleaseVerdict.NOT_PROVEN, false),
                    "stays unproven",
                    "stay unproven"),
                part(names(result, ReleaseVerdict.PASS, false), "passes", "pass")))
        + ".";
  }

  /** Returns the checkpoints with a verdict, those with a drop of open size or those without. */
  private static List<String> names(AuditResult result, ReleaseVerdict verdict, boolean regressed) {
    return result.audit().plan().tuned().stream()
        .map(Arm::name)
        .filter(name -> result.verdicts().get(name) == verdict)
        .filter(
            name -> verdict != ReleaseVerdict.NOT_PROVEN || regressed(result, name) == regressed)
        .toList();
  }

  private static String part(List<String> names, String singular, String plural) {
    if (names.isEmpty()) {
      return "";
    }
    String verb = names.size() > 1 ? plural : singular;
    return names.size() + " " + verb + " (" + Listing.of(names) + ")";
  }

  /** Tells whether a drop of open size is proven for a checkpoint. */
  private static boolean regressed(AuditResult result, String arm) {
    return result.findings().stream()
        .anyMatch(f -> f.tuned().equals(arm) && f.verdict() == Verdict.REGRESSED);
  }

  /** Returns the sentence on one checkpoint. */
  public static String ofArm(AuditResult result, String arm) {
    List<Finding> findings =
        result.findings().stream().filter(finding -> finding.tuned().equals(arm)).toList();
    return switch (result.verdicts().getOrDefault(arm, ReleaseVerdict.INCOMPLETE)) {
      case FAIL -> failed(arm, findings, new ConditionWords(result, arm));
      case PASS -> passed(arm, findings, new ConditionWords(result, arm));
      case NOT_PROVEN -> unproven(arm, findings, new ConditionWords(result, arm));
      case INCOMPLETE -> arm + " is not judged: the audit is not complete.";
    };
  }

  private static String failed(String arm, List<Finding> findings, ConditionWords conditions) {
    Stream<String> falls =
        with(findings, EnumSet.of(Verdict.FAILED)).stream()
            .map(
                finding ->
                    name(finding)
                        + " fell "
                        + Points.of(finding.delta())
                        + " points (margin "
                        + Points.of(finding.margin())
                        + ")");
    String broken = Listing.of(Stream.concat(conditions.broken().stream(), falls).toList());
    return arm + " fails: " + broken + rest(findings, conditions, true) + ".";
  }

  private static String unproven(String arm, List<Finding> findings, ConditionWords conditions) {
    String drops = drops(findings);
    return drops.isEmpty()
        ? arm + " is not proven: nothing failed, but " + open(findings, conditions) + "."
        : arm
            + " is not proven, and a regression is: "
            + drops
            + rest(findings, conditions, false)
            + ".";
  }

  /** What keeps a release from passing though nothing failed, the conditions first. */
  private static String open(List<Finding> findings, ConditionWords conditions) {
    List<String> parts = new ArrayList<>(conditions.unproven());
    if (!undecidedOf(findings, conditions).isEmpty()) {
      parts.add(undecided(undecidedOf(findings, conditions)));
    }
    List<String> unjudged = conditions.notJudged();
    if (!unjudged.isEmpty()) {
      parts.add(
          Listing.of(unjudged)
              + " cannot be judged on this base"
              + (conditions.blocksUnjudged() ? ", which the policy does not let pass" : ""));
    }
    return Listing.of(parts);
  }

  /** What is not decided and is not told as a condition. */
  private static List<Finding> undecidedOf(List<Finding> findings, ConditionWords conditions) {
    return with(findings, UNDECIDED).stream()
        .filter(f -> f.verdict() != Verdict.UNINFORMATIVE || !conditions.explains(f.suite()))
        .toList();
  }

  /** What else there is to say, after a semicolon each. */
  private static String rest(List<Finding> findings, ConditionWords conditions, boolean withDrops) {
    String drops = withDrops ? drops(findings) : "";
    String open = open(findings, conditions);
    return (drops.isEmpty() ? "" : "; " + drops) + (open.isEmpty() ? "" : "; " + open);
  }

  /** The proven drops of open size: how large they are at least and at most. */
  private static String drops(List<Finding> findings) {
    return Listing.of(
        with(findings, EnumSet.of(Verdict.REGRESSED)).stream()
            .map(
                finding ->
                    name(finding)
                        + " fell "
                        + Points.of(finding.delta())
                        + " points (at least "
                        + Points.of(finding.ciHigh())
                        + ", at most "
                        + Points.of(finding.ciLow())
                        + "; margin "
                        + Points.of(finding.margin())
                        + ")")
            .toList());
  }

  private static String passed(String arm, List<Finding> findings, ConditionWords conditions) {
    List<Finding> regressed = with(findings, EnumSet.of(Verdict.CERTIFIED_WITH_REGRESSION));
    String scope =
        findings.size() == 1
            ? "any drop in " + name(findings.get(0)) + " is proven smaller than its margin"
            : scope(findings);
    String regressions =
        regressed.isEmpty() ? "" : "; there is a real but smaller drop in " + names(regressed);
    return arm + " passes: " + scope + regressions + besides(conditions) + ".";
  }

  private static String scope(List<Finding> findings) {
    List<Finding> judged = findings.stream().filter(f -> f.verdict().passes()).toList();
    String on =
        judged.size() == findings.size()
            ? "on all " + findings.size()
            : "on " + judged.size() + " of " + findings.size();
    return on + " capabilities any drop is proven smaller than its margin";
  }

  /** A pass says what it does not speak of. */
  private static String besides(ConditionWords conditions) {
    List<String> unjudged = conditions.notJudged();
    String named =
        unjudged.isEmpty()
            ? ""
            : "; not judged, as this base has nothing there to lose: " + Listing.of(unjudged);
    String waived = Listing.of(conditions.waived());
    return named + (waived.isEmpty() ? "" : "; " + waived);
  }

  private static String undecided(List<Finding> open) {
    return Listing.of(open.stream().map(Headline::withBound).toList())
        + (open.size() == 1 ? " is" : " are")
        + " not decided by these items";
  }

  private static String withBound(Finding finding) {
    return finding.verdict() == Verdict.INCONCLUSIVE
        ? name(finding)
            + " (a loss of up to "
            + Points.of(finding.ciLow())
            + " points is not excluded)"
        : name(finding);
  }

  private static List<Finding> with(List<Finding> findings, Set<Verdict> verdicts) {
    return findings.stream().filter(finding -> verdicts.contains(finding.verdict())).toList();
  }

  private static String names(List<Finding> findings) {
    return Listing.of(findings.stream().map(Headline::name).toList());
  }

  private static String name(Finding finding) {
    return CapabilityName.words(finding.capability());
  }
}
