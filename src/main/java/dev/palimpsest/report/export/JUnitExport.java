package dev.palimpsest.report.export;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.Xml;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * gates.junit.xml: each checkpoint a test suite, each gate a test case, for pipelines that read
 * JUnit's format. A failed gate is a failure, one with a proven drop of open size too, an undecided
 * one is skipped, and of an audit that did not finish every gate is an error.
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

  private String write() {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    counted("testsuites", report.audit().name(), report.capabilities(), "time", "0");
    xml.newLine();
    for (ReportData.TunedCheckpoint tuned : report.tuned()) {
      suite(tuned, of(tuned.name()));
    }
    xml.close("testsuites").newLine();
    return xml.toString();
  }

  private List<ReportData.Capability> of(String tuned) {
    return report.capabilities().stream().filter(c -> c.tuned().equals(tuned)).toList();
  }

  private void suite(ReportData.TunedCheckpoint tuned, List<ReportData.Capability> gates) {
    counted(
        "testsuite",
        tuned.name(),
        gates,
        "skipped",
        count(gates, Result.SKIPPED),
        "time",
        "0",
        "timestamp",
        report.audit().frozenAt());
    xml.newLine().open("properties").newLine();
    property("tuned.sha256", tuned.digest());
    property("base.sha256", report.base().digest());
    property("plan.sha256", report.audit().planDigest());
    property("verdict", tuned.verdict().name());
    tuned.notes().forEach(note -> property("note", note));
    xml.close("properties").newLine();
    gates.forEach(gate -> testCase(tuned, gate));
    xml.close("testsuite").newLine();
  }

  private void counted(String tag, String name, List<ReportData.Capability> gates, String... more) {
    String[] counts = {
      "name", name,
      "tests", String.valueOf(gates.size()),
      "failures", count(gates, Result.FAILURE),
      "errors", count(gates, Result.ERROR)
    };
    String[] all = Arrays.copyOf(counts, counts.length + more.length);
    System.arraycopy(more, 0, all, counts.length, more.length);
    xml.open(tag, all);
  }

  private void property(String name, String value) {
    xml.empty("property", "name", name, "value", value).newLine();
  }

  private void testCase(ReportData.TunedCheckpoint tuned, ReportData.Capability gate) {
    xml.open("testcase", "classname", "drift." + gate.suite(), "name", "gate:maxDrop", "time", "0");
    switch (result(gate)) {
      case PASSED -> {}
      case FAILURE ->
          xml.element("failure", gate.sentence(), "type", type(gate), "message", gate.sentence());
      case SKIPPED -> xml.empty("skipped", "message", gate.sentence());
      case ERROR ->
          xml.element("error", gate.sentence(), "type", "incomplete", "message", tuned.sentence());
    }
    xml.element("system-out", output(gate));
    xml.close("testcase").newLine();
  }

  /** The finding in words, and whatever else was measured, a line each. */
  private static String output(ReportData.Capability gate) {
    StringBuilder text = new StringBuilder(gate.sentence());
    gate.measures().forEach(m -> text.append('\n').append(m.label()).append(": ").append(m.text()));
    return text.toString();
  }

  /** A drop beyond the margin is a "regression", one of open size is "regressed". */
  private static String type(ReportData.Capability gate) {
    return gate.verdict() == Verdict.REGRESSED ? "regressed" : "regression";
  }

  private String count(List<ReportData.Capability> gates, Result wanted) {
    return String.valueOf(gates.stream().filter(gate -> result(gate) == wanted).count());
  }

  private Result result(ReportData.Capability gate) {
    boolean incomplete =
        report.tuned().stream()
            .anyMatch(
                tuned ->
                    tuned.name().equals(gate.tuned())
                        && tuned.verdict() == ReleaseVerdict.INCOMPLETE);
    if (incomplete) {
      return Result.ERROR;
    }
    return switch (gate.verdict()) {
      case CERTIFIED, CERTIFIED_WITH_REGRESSION, IMPROVED -> Result.PASSED;
      case FAILED, REGRESSED -> Result.FAILURE;
      case INCONCLUSIVE, UNINFORMATIVE -> Result.SKIPPED;
    };
  }
}
