package dev.palimpsest.suite.check;

import static dev.palimpsest.suite.check.ChecksTest.define;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions that are refused when a suite is loaded, not when an audit runs. */
final class CheckRegistryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"check\":\"wordcount\"}|check|one of acrostic",
        "{\"check\":\"word_count\"}||atLeast, atMost or exactly",
        "{\"check\":\"word_count\",\"atMost\":-1}|atMost|at least 0",
        "{\"check\":\"word_count\",\"atMost\":2.5}|atMost|whole number",
        "{\"check\":\"word_count\",\"atMost\":\"2\"}|atMost|whole number",
        "{\"check\":\"word_count\",\"atLeast\":5,\"atMost\":2}|atLeast|at most 2",
        "{\"check\":\"word_count\",\"exactly\":5,\"atMost\":2}|exactly|exactly alone",
        "{\"check\":\"word_count\",\"atMost\":2,\"atmost\":3}|atmost|[atLeast, atMost, exactly]",
        "{\"check\":\"contains_any\",\"words\":[]}|words|at least one element",
        "{\"check\":\"contains_any\",\"words\":[\"a\",3]}|words[1]|a text",
        "{\"check\":\"letter_frequency\",\"letter\":\"ab\",\"atMost\":1}|letter|one letter",
        "{\"check\":\"excludes_letters\",\"letters\":\"a1\"}|letters|letters only",
        "{\"check\":\"nth_word\",\"n\":0,\"word\":\"x\"}|n|from 1",
        "{\"check\":\"pattern_count\",\"pattern\":\"(x\",\"exactly\":0}|pattern|RE2 syntax",
        "{\"check\":\"pattern_count\",\"pattern\":\"(a)\\\\1\",\"exactly\":0}|pattern|RE2 syntax",
        "{\"check\":\"language\",\"code\":\"xx\"}|code|one of [ar",
        "{\"check\":\"json_object\",\"keys\":[\"a\"],\"exactKeys\":\"yes\"}|exactKeys|true or false",
        "{\"check\":\"number_is\",\"number\":\"5\"}|number|a number",
        "{\"check\":\"matches\",\"pattern\":\"(?=x)\"}|pattern|RE2 syntax",
        "{\"check\":\"readability\",\"measure\":\"fog\",\"atLeast\":3}|measure|\"ease\" or \"grade\"",
        "{\"check\":\"csv\",\"columns\":2,\"delimiter\":\"ab\"}|delimiter|one character",
        "{\"check\":\"uppercase\",\"language\":\"xx\"}|language|one of [ar",
        "{\"check\":\"json_schema\",\"schema\":[1]}|schema|an object",
        "{\"check\":\"json_schema\",\"schema\":{\"$ref\":\"https://example.org/s\"}}|schema.$ref|without references",
        "{\"check\":\"json_schema\",\"schema\":{\"properties\":{\"a\":{\"type\":\"text\"}}}}|schema|JSON Schema 2020-12",
        "{\"check\":\"json_schema\",\"schema\":{\"items\":{\"pattern\":\"(a)\\\\1\"}}}|schema.items.pattern|RE2 syntax",
      })
  void refuses_with_field_and_expectation(String definition, String field, String expected) {
    assertThatThrownBy(() -> define(definition))
        .isInstanceOfSatisfying(
            InvalidField.class,
            e -> {
              assertThat(e.field()).isEqualTo(field == null ? "" : field);
              assertThat(e.expected()).contains(expected);
            });
  }
}
