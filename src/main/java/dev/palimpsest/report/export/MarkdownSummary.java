package dev.palimpsest.report.export;

import dev.palimpsest.Sha256;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.Mark;
import java.util.List;

/**
 * summary.md and comment.md: a report in GitHub's Markdown, for the page of a workflow's run and
 * for a comment on a pull request. First the verdict in a line, then a table of the gates, the
 * gravest checkpoint first; reasons, advice and digests are folded.
 *
 * <p>Nothing that a person or a model wrote works as markup in it, mentions anybody or links
 * anywhere.
 */
public final class MarkdownSummary {
  public static final String FILE = "summary.md";
  public static final String COMMENT = "comment.md";

  /** GitHub takes 65,536 characters in a comment; what comes after the table needs some of them. */
  private static final int MOST_ROWS = 120;

  private static final int LONGEST_CELL = 120;
  private static final int LONGEST_SENTENCE = 600;
  private static final int MOST_CAUSES = 40;
  private static final int MARKER_LENGTH = 12;
  private static final String MARKUP = "\\`*_{}[]()#+-.!|~<>&@:/^$=\"'";

  private final ReportData report;
  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary(ReportData report) {
    this.report = report;
  }

  /** Returns the summary of a report. */
  public static String of(ReportData report) {
    return new MarkdownSummary(report).write();
  }

  /**
   * Returns the same as a comment: its first line, which is not seen, is the same for every audit
   * of this title, so that a later one can take its place.
   */
  public static String comment(ReportData report) {
    return marker(report) + "\n" + of(report);
  }

  /** Returns the line by which a comment is found again. */
  static String marker(ReportData report) {
    String key = Sha256.hex(report.audit().name()).substring(0, MARKER_LENGTH);
    return "<!-- palimpsest-audit " + key + " -->";
  }

  private String write() {
    Mark mark = Mark.of(report.deciding());
    text.append("## ").append(mark.sign()).append(' ').append(mark.word()).append(": ");
    text.append(escaped(report.audit().name(), LONGEST_CELL)).append("\n\n");
    text.append(escaped(report.headline(), LONGEST_SENTENCE)).append("\n\n");
    gates();
    reasons();
    facts();
    return text.toString();
  }

  private void gates() {
    String interval = Points.intervalLabel(report.audit().level());
    text.append("| Checkpoint | Capability | Base | Tuned | Change | ").append(interval);
    text.append(" | Margin | Verdict |\n|---|---|---:|---:|---:|---:|---:|---|\n");
    List<ReportData.Capability> rows =
        report.gravestFirst().stream()
            .flatMap(
                arm -> report.capabilities().stream().filter(row -> row.tuned().equals(arm.name())))
            .toList();
    rows.stream().limit(MOST_ROWS).forEach(this::gate);
    text.append('\n');
    if (rows.size() > MOST_ROWS) {
      text.append("The report has ").append(rows.size() - MOST_ROWS).append(" more.\n\n");
    }
  }

  private void gate(ReportData.Capability row) {
    Mark mark = Mark.of(row.verdict());
    cell(escaped(row.tuned(), LONGEST_CELL));
    cell(escaped(CapabilityName.heading(row.capability()), LONGEST_CELL));
    cell(Points.of(row.base()));
    cell(Points.of(row.tunedScore()));
    cell(Points.signed(row.delta()));
    cell(Points.signed(row.ci().get(0)) + " to " + Points.signed(row.ci().get(1)));
    cell(Points.of(row.margin()));
    cell(mark.sign() + " " + mark.word());
    text.append("|\n");
  }

  private void cell(String content) {
    text.append("| ").append(content).append(' ');
  }

  private void reasons() {
    text.append("<details><summary>Why, and what to do</summary>\n\n");
    for (ReportData.TunedCheckpoint arm : report.gravestFirst()) {
      Mark mark = Mark.of(arm.verdict());
      text.append("**").append(escaped(arm.name(), LONGEST_CELL)).append("**: ");
      text.append(mark.sign()).append(' ').append(mark.word()).append(". ");
      text.append(escaped(arm.sentence(), LONGEST_SENTENCE)).append("\n\n");
      arm.conditions().stream()
          .filter(one -> one.result() != Condition.Result.PASS)
          .limit(MOST_CAUSES)
          .forEach(one -> point(one.sentence()));
      report.causes().stream()
          .filter(cause -> arm.name().equals(cause.tuned()))
          .limit(MOST_CAUSES)
          .forEach(this::cause);
      text.append('\n');
    }
    report.limits().forEach(this::point);
    text.append("\n</details>\n\n");
  }

  private void cause(ReportData.Cause cause) {
    point(cause.sentence());
    cause
        .advice()
        .forEach(
            advice ->
                text.append("  - ").append(escaped(advice.text(), LONGEST_SENTENCE)).append('\n'));
  }

  private void point(String sentence) {
    text.append("- ").append(escaped(sentence, LONGEST_SENTENCE)).append('\n');
  }

  private void facts() {
    text.append("<details><summary>What was compared</summary>\n\n");
    text.append("| Checkpoint | SHA-256 |\n|---|---|\n");
    checkpoint(report.base().name() + " (base)", report.base().digest());
    report.tuned().forEach(arm -> checkpoint(arm.name(), arm.digest()));
    text.append("\nAudit ").append(escaped(report.audit().id(), LONGEST_CELL));
    text.append(", plan ").append(report.audit().planDigest());
    text.append(", ").append(escaped(report.audit().depth(), LONGEST_CELL)).append(".");
    if (report.policy() != null) {
      text.append(' ').append(escaped(report.policy().sentence(), LONGEST_SENTENCE));
    }
    text.append("\n\n</details>\n");
  }

  private void checkpoint(String name, String digest) {
    cell(escaped(name, LONGEST_CELL));
    cell(digest);
    text.append("|\n");
  }

  /**
   * Returns words in one line in which nothing is markup: characters that GitHub's Markdown gives a
   * meaning to become references, which are never markup.
   */
  static String escaped(String words, int longest) {
    String plain = SafeText.visible(words).replaceAll("\\s+", " ").strip();
    boolean cut = plain.codePointCount(0, plain.length()) > longest;
    String shown = cut ? plain.substring(0, plain.offsetByCodePoints(0, longest)) : plain;
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (isMarkup(shown, i)) {
        safe.append("&#").append((int) c).append(';');
      } else {
        safe.append(c);
      }
    }
    return cut ? safe.append('…').toString() : safe.toString();
  }

  /** Points, hyphens and brackets inside of sentences and numbers are left as people read them. */
  private static boolean isMarkup(String text, int at) {
    char c = text.charAt(at);
    return switch (c) {
      case '.' -> Character.isLetter(after(text, at)) || before(text, at) == 'w';
      case ':' -> after(text, at) == '/' || !Character.isWhitespace(after(text, at));
      case '(', ')', '\'', '/', '=' -> false;
      case '-', '+' -> at == 0;
      default -> MARKUP.indexOf(c) >= 0;
    };
  }

  private static char after(String text, int at) {
    return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
  }

  private static char before(String text, int at) {
    return at > 0 ? text.charAt(at - 1) : ' ';
  }
}
