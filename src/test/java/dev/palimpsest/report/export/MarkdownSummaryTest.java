package dev.palimpsest.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.model.SampleAudit;
import org.junit.jupiter.api.Test;

/** The summary for the page of a workflow's run, and the comment on a pull request. */
final class MarkdownSummaryTest {
  private final ReportData report = SampleAudit.large().report().data();

  @Test
  void theVerdictComesFirstThenTheGatesThenWhatIsFolded() {
    String summary = MarkdownSummary.of(report);

    assertThat(summary).startsWith("## ✕ Fail: ");
    assertThat(summary.indexOf("| Checkpoint | Capability |"))
        .isLessThan(summary.indexOf("<details><summary>Why, and what to do</summary>"));
    assertThat(summary.lines().filter(line -> line.contains("| ▼ Failed |"))).isNotEmpty();
    assertThat(summary).contains(report.base().digest(), report.audit().planDigest());
    assertThat(summary.lines().filter(line -> line.equals("</details>")).count()).isEqualTo(2);
  }

  @Test
  void everyGateHasARowWithAsManyCellsAsTheHead() {
    assertThat(
            MarkdownSummary.of(report)
                .lines()
                .dropWhile(line -> !line.startsWith("| Checkpoint"))
                .takeWhile(line -> line.startsWith("|"))
                .toList())
        .hasSize(2 + report.capabilities().size())
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 9);
  }

  @Test
  void aCommentIsFoundAgainByALineThatIsNotSeen() {
    String comment = MarkdownSummary.comment(report);

    assertThat(comment.lines().findFirst().orElse("")).isEqualTo(MarkdownSummary.marker(report));
    assertThat(MarkdownSummary.marker(report)).matches("<!-- palimpsest-audit [0-9a-f]{12} -->");
    assertThat(comment).endsWith(MarkdownSummary.of(report)).hasSizeLessThan(65_536);
  }

  @Test
  void nothingThatSomebodyWroteIsMarkup() {
    assertThat(MarkdownSummary.escaped("<img src=x onerror=alert(1)> | `x` **b** [a](b)", 200))
        .doesNotContain("<", ">", "|", "`", "*", "[", "]");
    assertThat(MarkdownSummary.escaped("ask @octocat about #12", 200))
        .isEqualTo("ask &#64;octocat about &#35;12");
    assertThat(MarkdownSummary.escaped("see https://example.org and www.example.org", 200))
        .doesNotContain("https://", "www.");
    assertThat(MarkdownSummary.escaped("two\n\n# lines\u202e", 200))
        .isEqualTo("two &#35; lines⟨U+202E⟩");
    assertThat(MarkdownSummary.escaped("a & b &lt;", 200)).isEqualTo("a &#38; b &#38;lt;");
    assertThat(MarkdownSummary.escaped("x".repeat(300), 10)).isEqualTo("x".repeat(10) + "…");
  }

  @Test
  void sentencesOfTheReportStayReadable() {
    assertThat(MarkdownSummary.escaped("Knowledge fell 33.0 points (30.1 to 36.0): too much.", 200))
        .isEqualTo("Knowledge fell 33.0 points (30.1 to 36.0): too much.");
  }
}
