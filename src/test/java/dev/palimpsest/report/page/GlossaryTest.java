package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GlossaryTest {
  private final Glossary glossary = Glossary.bundled();

  @Test
  void everyVerdictIsExplained() {
    for (Verdict verdict : Verdict.values()) {
      assertThat(glossary.term(id(verdict)).name()).isEqualTo(verdict.word());
    }
    for (ReleaseVerdict verdict : ReleaseVerdict.values()) {
      assertThat(glossary.term(id(verdict)).name()).isEqualTo(Mark.of(verdict).word());
    }
  }

  private static String id(Enum<?> verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Test
  void explanationsAreShortSentencesWithoutMarkup() {
    List<Glossary.Term> terms =
        glossary.groups().stream().flatMap(group -> group.terms().stream()).toList();
    assertThat(terms).hasSizeGreaterThan(45);
    Pattern id = Pattern.compile("[a-z]+(-[a-z]+)*");
    assertThat(terms)
        .allSatisfy(
            term -> {
              assertThat(term.id()).matches(id);
              assertThat(term.name()).isNotBlank();
              assertThat(term.text()).endsWith(".").hasSizeLessThan(280).doesNotContain("<", "_");
            });
  }

  @Test
  void aWordThatIsNotExplainedCannotBeUsed() {
    assertThatThrownBy(() -> glossary.term("kurtosis"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the glossary does not explain kurtosis");
  }
}
