package dev.palimpsest.cli;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.io.PrintWriter;

/**
 * Prints why each checkpoint came out as it did, whether tuning was needed, where a run turns, and
 * what is chosen.
 */
final class CauseLines {
  private final PrintWriter out;

  CauseLines(PrintWriter out) {
    this.out = out;
  }

  /** Prints one line per checkpoint, the clearest cause and the cheapest thing to do about it. */
  void print(ReportData data) {
    for (ReportData.TunedCheckpoint arm : data.tuned()) {
      data.causes().stream()
          .filter(cause -> cause.tuned().equals(arm.name()))
          .findFirst()
          .ifPresent(cause -> out.println("Cause, " + arm.name() + ": " + line(cause)));
    }
    if (data.decision() != null) {
      data.decision()
          .rows()
          .forEach(row -> out.println("Was tuning needed? " + SafeText.visible(row.sentence())));
      data.decision()
          .context()
          .forEach(row -> out.println("Reading: " + SafeText.visible(row.sentence())));
    }
    data.trajectories().forEach(run -> out.println(SafeText.visible(run.sentence())));
    if (data.choice() != null) {
      out.println("Choice: " + SafeText.visible(data.choice().why()));
      if (data.choice().certified() != null) {
        out.println("  " + SafeText.visible(data.choice().certified().sentence()));
      }
    }
    out.flush();
  }

  private static String line(ReportData.Cause cause) {
    String next = cause.advice().isEmpty() ? "" : " Next: " + cause.advice().get(0).text();
    return SafeText.visible(cause.sentence() + next);
  }
}
