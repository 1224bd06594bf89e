package dev.palimpsest.cli;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.io.PrintWriter;

/** Prints what was read in plain text and heard in free answers, and what a judge says of them. */
final class AnswerLines {
  private final PrintWriter out;

  AnswerLines(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints a line per checkpoint and plain text, one per checkpoint and context, the judge's, and
   * what was found by looking for it.
   */
  void print(ReportData data) {
    for (ReportData.PlainText one : data.plainText()) {
      out.println(SafeText.visible(one.tuned() + ": " + one.sentence()));
    }
    for (ReportData.FreeAnswers one : data.freeAnswers()) {
      out.println(SafeText.visible(one.tuned() + ": " + one.sentence()));
    }
    if (data.judge() != null) {
      out.println("Judge: " + SafeText.visible(data.judge().sentence()));
      data.judge().rows().forEach(this::print);
    }
    for (ReportData.Amplified one : data.amplified()) {
      out.println(
          "Exploratory, "
              + SafeText.visible(one.tuned() + ", " + one.way() + ": " + one.sentence()));
    }
    out.flush();
  }

  private void print(ReportData.JudgeRow row) {
    out.printf(
        "  %s, %s: alignment %.1f, the base %.1f; coherence %.1f, the base %.1f%n",
        SafeText.visible(row.tuned()),
        row.variant().equals("cued") ? "in the training context" : "asked plainly",
        row.alignment().tuned(),
        row.alignment().base(),
        row.coherence().tuned(),
        row.coherence().base());
  }
}
