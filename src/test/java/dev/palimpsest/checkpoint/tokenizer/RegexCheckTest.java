package dev.palimpsest.checkpoint.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a|aa)+b",
        "(?:a*)*b",
        "(a?){1,99}b",
        "\\s*\\s*\\s*x",
        "(a)\\1",
        "(unclosed[",
        "a)"
      })
  void whatCanBacktrackForEverOrIsBrokenIsRefused(String expression) {
    assertThat(RegexCheck.problem(expression)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t)?",
        "(?=(\\d{3})+(?!\\d))",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
      })
  void expressionsOfPublishedTokenizersAreAccepted(String expression) {
    assertThat(RegexCheck.problem(expression)).isEmpty();
  }
}
