package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.report.model.SampleAudit;
import java.nio.file.Files;

/**
 * The report of an audit with much to see, served for looking at it: prints its address and ends
 * with its standard input.
 */
final class TourApp {
  private TourApp() {}

  public static void main(String[] arguments) throws Exception {
    try (TestApp app = TestApp.start(Files.createTempDirectory("tour"))) {
      for (SampleAudit sample :
          new SampleAudit[] {SampleAudit.tour(), SampleAudit.large(), SampleAudit.small()}) {
        System.out.println("AT " + app.uri("/audits/" + put(app, sample) + "/report"));
      }
      System.in.read();
    }
  }

  /** Puts an audit of known outcome into an app and returns its id. */
  static String put(TestApp app, SampleAudit sample) {
    String id = app.audits.start(sample.plan()).id();
    for (Arm arm : sample.plan().tuned()) {
      for (PlannedSuite suite : sample.plan().suites()) {
        app.audits.put(id, suite.suite(), arm.name(), sample.of(suite.suite(), arm.name()));
      }
    }
    app.audits.move(id, AuditState.FINISHED, 900, 900, "");
    return id;
  }
}
