package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One look for each verdict, wherever it is shown. */
final class MarkTest {
  @ParameterizedTest
  @EnumSource(Verdict.class)
  void colourSaysWhetherAReleaseMayPass(Verdict verdict) {
    String tone = Mark.of(verdict).tone();

    assertThat(tone.equals("pass") || tone.equals("warn")).isEqualTo(verdict.passes());
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void theSignSaysWhetherADropIsProven(Verdict verdict) {
    assertThat(Mark.of(verdict).sign().matches("[▼▽]")).isEqualTo(verdict.provesDrop());
  }

  @Test
  void noTwoVerdictsLookAlikeWithoutTheirWords() {
    assertThat(Arrays.stream(Verdict.values()).map(Mark::of).map(m -> m.sign() + m.tone()))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatPassesWithALossIsNotShownLikeWhatPasses() {
    assertThat(Mark.of(Verdict.CERTIFIED_WITH_REGRESSION))
        .isEqualTo(new Mark("▼", "Certified with regression", "warn"));
  }

  /** Pages ask for the mark; a word or colour of their own would drift. */
  @Test
  void noTemplateNamesVerdictsByItself() throws IOException {
    try (var templates = Files.walk(Path.of("templates"))) {
      for (Path file : templates.filter(path -> path.toString().endsWith(".html")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain("CERTIFIED'", "'IMPROVED'", "'NOT_PROVEN'");
      }
    }
    assertThat(Mark.of(ReleaseVerdict.NOT_PROVEN).word()).isEqualTo("Not proven");
  }
}
