package dev.palimpsest.report.export;

import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.Xml;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * gates.junit.xml: each checkpoint a test suite, each gate a test case, for pipelines that read
 * JUnit's format. A failed gate is a failure, one with a proven drop of open size too, an undecided
 * one is skipped, and of an audit that did not finish every gate is an error. What else the release
 * hangs on is a test case each: what keeps it from passing is a failure, what was not judged or is
 * waived is skipped.
 */
public final class JUnitExport {
  public static final String FILE = "gates.junit.xml";

  private final Xml xml = new Xml();
  private final ReportData report;

  private JUnitExport(ReportData report) {
    this.report = report;
  }

  /** Returns the file's bytes. */
  public static byte[] of(ReportData report) {
    return new JUnitExport(report).write().getBytes(StandardCharsets.UTF_8);
  }

  /** What a gate is to a pipeline. */
  private enum Result {
    PASSED,
    FAILURE,
    SKIPPED,
    ERROR
  }

  /**
   * A test case.
   *
   * @param type of a failure
   * @param message why it is no pass
   * @param output what was measured
   */
  private record Case(
      String suite, String name, Result result, String type, String message, String output) {}

  private String write() {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<Case> all = report.tuned().stream().flatMap(tuned -> cases(tuned).stream()).toList();
    counted("testsuites", report.audit().name(), all, "time", "0");
    xml.newLine();
    for (ReportData.TunedCheckpoint tuned : report.tuned()) {
      suite(tuned, cases(tuned));
    }
    xml.close("testsuites").newLine();
    return xml.toString();
  }

  /** The suites' gates in the order of the plan, and then what else the release hangs on. */
  private List<Case> cases(ReportData.TunedCheckpoint tuned) {
    List<Case> cases = new ArrayList<>();
    report.capabilities().stream()
        .filter(gate -> gate.tuned().equals(tuned.name()))
        .forEach(gate -> cases.add(gate(tuned, gate)));
    tuned.conditions().stream()
        .filter(condition -> condition.kind() != Condition.Kind.JUDGED)
        .forEach(condition -> cases.add(condition(condition)));
    return cases;
  }

  private Case gate(ReportData.TunedCheckpoint tuned, ReportData.Capability gate) {
    Result result = result(tuned, gate);
    String message =
        result == Result.ERROR ? tuned.sentence() : unjudged(tuned, gate).orElse(gate.sentence());
    return new Case(
        gate.suite(), "gate:maxDrop", result, type(gate.verdict()), message, output(gate));
  }

  /** Returns why a suite was not judged, if it was not. */
  private static Optional<String> unjudged(
      ReportData.TunedCheckpoint tuned, ReportData.Capability gate) {
    return tuned.conditions().stream()
        .filter(one -> one.kind() == Condition.Kind.JUDGED && one.suite().equals(gate.suite()))
        .map(ReportData.ConditionResult::sentence)
        .findFirst();
  }

  private static Case condition(ReportData.ConditionResult one) {
    Result result =
        switch (one.result()) {
          case PASS -> Result.PASSED;
          case FAIL, NOT_PROVEN -> Result.FAILURE;
          case NOT_JUDGED, WAIVED -> Result.SKIPPED;
        };
    String type = one.result() == Condition.Result.FAIL ? "condition" : "not-proven";
    String suite = one.suite().isEmpty() ? "checkpoint" : one.suite();
    return new Case(suite, one.name(), result, type, one.sentence(), one.sentence());
  }

  private void suite(ReportData.TunedCheckpoint tuned, List<Case> cases) {
    counted(
        "testsuite",
        tuned.name(),
        cases,
        "skipped",
        count(cases, Result.SKIPPED),
        "time",
        "0",
        "timestamp",
        report.audit().frozenAt());
    xml.newLine().open("properties").newLine();
    property("tuned.sha256", tuned.digest());
    property("base.sha256", report.base().digest());
    property("plan.sha256", report.audit().planDigest());
    if (report.policy() != null) {
      property("policy.sha256", report.policy().digest());
    }
    property("verdict", tuned.verdict().name());
    tuned.notes().forEach(note -> property("note", note));
    xml.close("properties").newLine();
    cases.forEach(this::testCase);
    xml.close("testsuite").newLine();
  }

  private void counted(String tag, String name, List<Case> cases, String... more) {
    String[] counts = {
      "name", name,
      "tests", String.valueOf(cases.size()),
      "failures", count(cases, Result.FAILURE),
      "errors", count(cases, Result.ERROR)
    };
    String[] all = Arrays.copyOf(counts, counts.length + more.length);
    System.arraycopy(more, 0, all, counts.length, more.length);
    xml.open(tag, all);
  }

  private void property(String name, String value) {
    xml.empty("property", "name", name, "value", value).newLine();
  }

  private void testCase(Case one) {
    xml.open("testcase", "classname", "drift." + one.suite(), "name", one.name(), "time", "0");
    switch (one.result()) {
      case PASSED -> {}
      case FAILURE ->
          xml.element("failure", one.message(), "type", one.type(), "message", one.message());
      case SKIPPED -> xml.empty("skipped", "message", one.message());
      case ERROR ->
          xml.element("error", one.output(), "type", "incomplete", "message", one.message());
    }
    xml.element("system-out", one.output());
    xml.close("testcase").newLine();
  }

  /** The finding in words, whatever else was measured, and why it came out so, a line each. */
  private String output(ReportData.Capability gate) {
    List<String> lines = new ArrayList<>(List.of(gate.sentence()));
    gate.measures().forEach(measure -> lines.add(measure.label() + ": " + measure.text()));
    report.causes().stream()
        .filter(cause -> cause.tuned().equals(gate.tuned()) && gate.suite().equals(cause.suite()))
        .forEach(
            cause -> {
              lines.add("Cause: " + cause.sentence());
              cause.advice().forEach(advice -> lines.add("Next: " + advice.text()));
            });
    return String.join("\n", lines);
  }

  /** A drop beyond the margin is a "regression", one of open size is "regressed". */
  private static String type(Verdict verdict) {
    return switch (verdict) {
      case REGRESSED -> "regressed";
      case UNINFORMATIVE -> "not-judged";
      default -> "regression";
    };
  }

  private static String count(List<Case> cases, Result wanted) {
    return String.valueOf(cases.stream().filter(one -> one.result() == wanted).count());
  }

  private Result result(ReportData.TunedCheckpoint tuned, ReportData.Capability gate) {
    if (tuned.verdict() == ReleaseVerdict.INCOMPLETE) {
      return Result.ERROR;
    }
    boolean blocks = report.policy() != null && report.policy().uninformative().equals("block");
    return switch (gate.verdict()) {
      case CERTIFIED, CERTIFIED_WITH_REGRESSION, IMPROVED -> Result.PASSED;
      case FAILED, REGRESSED -> Result.FAILURE;
      case INCONCLUSIVE -> Result.SKIPPED;
      case UNINFORMATIVE -> blocks ? Result.FAILURE : Result.SKIPPED;
    };
  }
}
