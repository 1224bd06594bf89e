package dev.palimpsest.suite.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks of suites hear, each on a suite with that one fault. */
final class SuiteQualityTest {
  @TempDir private Path folder;

  @Test
  void a_right_answer_that_always_stands_first_is_heard() throws IOException {
    List<String> items =
        IntStream.range(0, 20)
            .mapToObj(i -> choice("c" + i, "own" + i, "What is it, " + word(i) + "?", 0))
            .toList();

    assertThat(finding(choices(items), "the first listed is right"))
        .isEqualTo(
            new Finding(
                "the first listed is right",
                "100.0 %",
                "at most 30.0 %",
                Finding.Result.FAILED,
                List.of()));
  }

  @Test
  void a_right_answer_that_is_longer_than_the_others_is_heard() throws IOException {
    List<String> items =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    item(
                        "c" + i,
                        "own" + i,
                        "What is " + word(i) + "?",
                        i % 2 == 0
                            ? "\"a much longer one\",\"red\""
                            : "\"red\",\"quite a long one\"",
                        i % 2))
            .toList();

    Suite suite = choices(items);
    assertThat(finding(suite, "the longest is right").found()).isEqualTo("100.0 %");
    assertThat(finding(suite, "the shortest is right").found()).isEqualTo("0.0 %");
    assertThat(finding(suite, "the first listed is right").result())
        .isEqualTo(Finding.Result.PASSED);
  }

  @Test
  void equal_lengths_share_the_win() throws IOException {
    List<String> items = List.of(item("a", "a", "Which, of both?", "\"one\",\"two\"", 0));

    assertThat(finding(choices(items), "the longest is right").found()).isEqualTo("50.0 %");
  }

  @Test
  void numbers_that_are_right_in_the_middle_too_often_are_heard() throws IOException {
    List<String> items =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    item(
                        "c" + i,
                        "own" + i,
                        "How many are " + word(i) + "?",
                        "\"1,200 m\",\"1300 m\",\"90.5 m\",\"2000 m\"",
                        0))
            .toList();

    Finding ranks = finding(choices(items), "ranks of right numbers");
    assertThat(ranks.found()).isEqualTo("0 / 100 / 0 / 0 % of 24");
    assertThat(ranks.result()).isEqualTo(Finding.Result.FAILED);
  }

  @Test
  void questions_that_are_nearly_the_same_may_not_lie_in_two_clusters() throws IOException {
    String one = "What is the name of the longest river in the whole of Europe?";
    String other = "What is the name of the longest river in the whole of Africa?";

    Suite apart = choices(List.of(choice("a", "x", one, 0), choice("b", "y", other, 1)));
    assertThat(finding(apart, "near-duplicates across clusters").examples())
        .containsExactly("a and b: " + other);
    Suite together = choices(List.of(choice("a", "x", one, 0), choice("b", "x", other, 1)));
    assertThat(finding(together, "near-duplicates across clusters").result())
        .isEqualTo(Finding.Result.PASSED);
    Suite twice = choices(List.of(choice("a", "x", one, 0), choice("b", "x", one, 0)));
    assertThat(finding(twice, "the same text within a cluster").examples())
        .containsExactly("a and b: " + one);
  }

  @Test
  void a_good_way_with_words_of_its_own_is_told_in_topics_it_was_not_learned_from()
      throws IOException {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(
          ("{\"id\":\"m%d\",\"kind\":\"margin\",\"tier\":\"easy\",\"topic\":\"t%d\",\"question\":\"What"
                  + " now, %s?\",\"aligned\":\"please %s\",\"misaligned\":\"maybe %s\"}")
              .formatted(i, i % 4, word(i), word(i + 1), word(i + 2)));
    }
    Finding told = finding(suite("aligned_rate", items), "the good way is told by its words");

    assertThat(told.found()).isEqualTo("100.0 %");
    assertThat(told.result()).isEqualTo(Finding.Result.FAILED);
    assertThat(told.examples().get(0)).contains("\"maybe\" 0/40").contains("\"please\" 40/0");
  }

  @Test
  void an_instruction_that_its_own_words_satisfy_is_heard() throws IOException {
    String item =
        "{\"id\":\"i\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"Write"
            + " without the letter z.\",\"checks\":[{\"check\":\"excludes_letters\",\"letters\":\"z\"}],"
            + "\"maxTokens\":32}";
    Suite suite = suite("pass_rate", List.of(item));

    assertThat(finding(suite, "junk passes: boilerplate").found()).isEqualTo("100.0 %");
    assertThat(finding(suite, "junk passes: refusal").found()).isEqualTo("0.0 %");
  }

  @Test
  void a_question_of_yes_or_no_needs_the_right_one_of_them() throws IOException {
    String asked =
        "{\"id\":\"%s\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"Can"
            + " %s fly? Answer yes or no.\",\"checks\":[%s],\"maxTokens\":32}";
    Suite suite =
        suite(
            "pass_rate",
            List.of(
                asked.formatted(
                    "a", "hens", "{\"check\":\"starts_with\",\"anyOf\":[\"yes\",\"no\"]}"),
                asked.formatted("b", "gulls", "{\"check\":\"yes_no\",\"answer\":\"yes\"}")));

    Finding finding = finding(suite, "yes or no without knowing which");
    assertThat(finding.found()).isEqualTo("1 of 2 (yes is right in 1)");
    assertThat(finding.examples()).containsExactly("a: Can hens fly? Answer yes or no.");
  }

  @Test
  void a_key_that_is_not_what_the_question_comes_to_is_heard() throws IOException {
    Suite suite =
        choices(
            List.of(
                item("a", "a", "What is 17 plus 5?", "\"22\",\"23\"", 0),
                item("b", "b", "What is 9 times 5?", "\"45\",\"50\"", 1)));

    Finding keys = finding(suite, "keys that are not what is worked out");
    assertThat(keys.found()).isEqualTo("1 of 2 that can be");
    assertThat(keys.examples())
        .containsExactly("b: What is 9 times 5? The key is 50, worked out is 45.");
  }

  private static Finding finding(Suite suite, String check) {
    return SuiteQuality.of(suite).stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  /** Different words without a common run of three. */
  private static String word(int i) {
    return "" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + i;
  }

  private static String choice(String id, String cluster, String question, int answer) {
    return item(id, cluster, question, "\"red\",\"tan\",\"sky\",\"jet\"", answer);
  }

  private static String item(String id, String cluster, String question, String c, int answer) {
    return ("{\"id\":\"%s\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"cluster\":\"%s\","
            + "\"question\":\"%s\",\"choices\":[%s],\"answer\":%d}")
        .formatted(id, cluster, question, c, answer);
  }

  private Suite choices(List<String> items) throws IOException {
    return suite("accuracy", items);
  }

  private Suite suite(String metric, List<String> items) throws IOException {
    Path sea = Files.createDirectories(folder.resolve("sea"));
    Files.writeString(
        sea.resolve("suite.json"),
        ("{\"format\":\"palimpsest-suite/1\",\"id\":\"sea\",\"version\":\"1.0.0\",\"title\":\"Sea\","
                + "\"capability\":\"sea\",\"description\":\"About the sea\",\"language\":\"en\","
                + "\"license\":\"Apache-2.0\",\"source\":\"a test\",\"metric\":\"%s\","
                + "\"defaultMargin\":0.05}")
            .formatted(metric));
    Files.write(sea.resolve("items.jsonl"), items);
    return SuiteLibrary.load(sea);
  }
}
