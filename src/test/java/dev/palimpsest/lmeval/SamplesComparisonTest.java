package dev.palimpsest.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.lmeval.SamplesComparison.Difference;
import dev.palimpsest.lmeval.SamplesComparison.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files of samples beside each other. */
final class SamplesComparisonTest {
  private static final String SAMPLE =
      "{\"doc_id\":%d,\"doc\":{},\"target\":\"0\",\"arguments\":{\"gen_args_0\":{\"arg_0\":\"%s\",\"arg_1\":\" a\"},\"gen_args_1\":{\"arg_0\":\"%s\",\"arg_1\":\" b\"}},\"filtered_resps\":[[\"%s\",\"False\"],[\"%s\",\"False\"]],\"filter\":\"none\",\"metrics\":[\"acc\"],\"acc\":%s}";
  private static final String WRITTEN =
      "{\"doc_id\":0,\"doc\":{},\"target\":\"7\",\"arguments\":{\"gen_args_0\":{\"arg_0\":\"Q\",\"arg_1\":{\"until\":[\"Q\"]}}},\"filtered_resps\":[\"%s\"],\"filter\":\"%s\",\"metrics\":[\"exact_match\"],\"exact_match\":1.0}";

  @TempDir private Path folder;

  @Test
  void the_largest_difference_of_each_document_is_told_with_its_choice() throws IOException {
    SamplesComparison comparison =
        compare(
            List.of(sample(0, "Q", -1.0, -2.0, 1.0), sample(1, "R", -1.5, -1.25, 0.0)),
            List.of(sample(1, "R", -1.5, -1.75, 1.0), sample(0, "Q", -1.0004, -2.0001, 1.0)));

    Pair first = comparison.pairs().get(0);
    assertThat(first.document()).isZero();
    assertThat(first.samePrompt()).isTrue();
    assertThat(first.sameMetrics()).isTrue();
    assertThat(((Difference.LogLikelihoods) first.difference()).choice()).isZero();
    assertThat(((Difference.LogLikelihoods) first.difference()).largest())
        .isEqualTo(0.0004, within(1e-9));
    assertThat(first.agrees(0.001)).isTrue();

    Pair second = comparison.pairs().get(1);
    assertThat(second.difference()).isEqualTo(new Difference.LogLikelihoods(0.5, 1));
    assertThat(second.sameMetrics()).isFalse();
    assertThat(second.agrees(0.001)).isFalse();
  }

  @Test
  void other_prompts_do_not_agree_whatever_the_numbers_say() throws IOException {
    SamplesComparison comparison =
        compare(
            List.of(sample(0, "Q", -1, -2, 1), sample(7, "Q", -1, -2, 1)),
            List.of(sample(0, "Q ", -1, -2, 1)));
    assertThat(comparison.pairs().get(0).samePrompt()).isFalse();
    assertThat(comparison.pairs().get(0).agrees(1)).isFalse();
    assertThat(comparison.unpaired()).isEqualTo(1);
  }

  @Test
  void written_answers_are_compared_under_each_filter() throws IOException {
    SamplesComparison comparison =
        compare(
            List.of(WRITTEN.formatted("7", "strict-match"), WRITTEN.formatted("7", "flexible")),
            List.of(WRITTEN.formatted("7", "strict-match"), WRITTEN.formatted("8", "flexible")));
    assertThat(comparison.pairs())
        .extracting(Pair::difference)
        .containsExactly(new Difference.Texts(true), new Difference.Texts(false));
  }

  @Test
  void requests_may_be_lists_and_numbers_numbers_as_in_older_versions() throws IOException {
    String old =
        "{\"doc_id\":0,\"doc\":{},\"target\":0,\"arguments\":[[\"Q\",\" a\"],[\"Q\",\" b\"]],\"filtered_resps\":[[-1.0,false],[-2.0,false]],\"acc\":1.0}";
    SamplesComparison comparison = compare(List.of(sample(0, "Q", -1, -2, 1)), List.of(old));
    assertThat(comparison.pairs().get(0).agrees(0)).isTrue();
  }

  @Test
  void files_without_a_document_in_common_are_refused() {
    assertThatThrownBy(
            () -> compare(List.of(sample(0, "Q", -1, -2, 1)), List.of(sample(3, "Q", -1, -2, 1))))
        .hasMessageContaining("expected samples of the same task");
  }

  private static String sample(int document, String prompt, double a, double b, double acc) {
    return SAMPLE.formatted(document, prompt, prompt, a, b, acc);
  }

  private SamplesComparison compare(List<String> mine, List<String> theirs) throws IOException {
    return SamplesComparison.of(
        Files.write(folder.resolve("mine.jsonl"), mine),
        Files.write(folder.resolve("theirs.jsonl"), theirs));
  }
}
