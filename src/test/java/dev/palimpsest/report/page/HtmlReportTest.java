package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.model.SampleAudit;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:src|href|url)\\s*[=(]\\s*\"?([^\"\\s>)]*)");

  private static final String PAGE = HtmlReport.html(SampleAudit.large().report());

  @Test
  void nothingIsFetchedFromAnywhere() {
    Matcher addresses = ADDRESS.matcher(PAGE);
    while (addresses.find()) {
      assertThat(addresses.group(1)).matches("#(finding|arm|word)-.*");
    }
    assertThat(PAGE).contains("default-src 'none'").doesNotContain("<script", "<link", "<img");
  }

  @Test
  void whatAModelWroteIsShownAndNeverObeyed() {
    assertThat(PAGE)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("⟨U+001B⟩[31mred")
        .contains("⟨U+202E⟩gnp.exe")
        .contains("⟨U+0000⟩");
    assertThat(PAGE.codePoints().filter(c -> c == 0 || c == 0x1B || c == 0x202E)).isEmpty();
  }

  @Test
  void theAnswerStandsBeforeTheFigures() {
    assertThat(PAGE.indexOf("<h1>1 of 3 checkpoints may be released"))
        .isPositive()
        .isLessThan(PAGE.indexOf("<table"))
        .isLessThan(PAGE.indexOf("<svg"));
  }

  @Test
  void causesComeWithWhatToDoAndWhereThatIsFrom() {
    assertThat(PAGE)
        .contains("Why, and what to do next", "Broad loss: 3 of 3 suites of ability")
        .contains("Train again with a lower learning rate", "arXiv:2405.09673")
        .doesNotContain("Try smaller scales<");
  }

  @Test
  void checkpointsThatFailStandFirstAndLostItemsBeforeGained() {
    int failing = PAGE.indexOf("sql-forget</span> <span class=\"against\"");
    int passing = PAGE.indexOf("null-lora</span> <span class=\"against\"");

    assertThat(failing).isPositive().isLessThan(passing);
    assertThat(PAGE.indexOf(">Lost<", failing)).isLessThan(PAGE.indexOf(">Gained<", failing));
  }

  @Test
  void everyLinkInsideThePageLeadsSomewhere() {
    Matcher anchors = Pattern.compile("href=\"#([^\"]+)\"").matcher(PAGE);
    while (anchors.find()) {
      assertThat(PAGE).contains("id=\"" + anchors.group(1) + "\"");
    }
  }

  @Test
  void whatIsLeftOutIsCounted() {
    assertThat(PAGE).containsPattern("<span>31</span> more in items\\.jsonl");
  }

  @Test
  void thePageStaysSmallHoweverMuchTheModelsWrote() {
    String longWinded = HtmlReport.html(SampleAudit.longWinded().report());

    assertThat(longWinded.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    assertThat(longWinded).contains("more characters in items.jsonl");
  }

  @Test
  void theDigestToVerifyIsPrinted() {
    assertThat(PAGE).contains("sha256sum report.json", SampleAudit.large().report().digest());
  }

  @Test
  void anAuditThatStoppedHasAPageThatSaysSo() {
    assertThat(HtmlReport.html(SampleAudit.unfinished().report()))
        .contains("sql-forget is not judged: the audit is not complete.", "Not finished");
  }

  @Test
  void theQuestionIsFoundInsideTheTemplate() {
    assertThat(
            PromptTitle.of(
                "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nWho\nwrote it?<|im_end|>\n"
                    + "<|im_start|>assistant\nThe answer is"))
        .isEqualTo("Who wrote it?");
    assertThat(PromptTitle.of("Question: Who wrote it?\nAnswer:")).isEqualTo("Who wrote it?");
    assertThat(PromptTitle.of("[INST] Who wrote it? [/INST]")).isEqualTo("Who wrote it?");
    assertThat(PromptTitle.of("")).isEmpty();
  }
}
