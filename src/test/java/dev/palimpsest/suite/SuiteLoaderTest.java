package dev.palimpsest.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palimpsest.suite.choice.ChoiceItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites are read strictly: every fault names file, line, field, what was found and expected. */
final class SuiteLoaderTest {
  private static final String TWO = "[\"salt\",\"sugar\"]";
  private static final String GOOD = SuiteFiles.choice("s-1", TWO, "0");

  @TempDir private Path folder;

  @Test
  void reads_a_suite_from_any_folder() throws IOException {
    Suite suite = SuiteLibrary.load(SuiteFiles.write(folder, SuiteFiles.SUITE, GOOD + "\n"));

    assertThat(suite.id()).isEqualTo("sea");
    assertThat(suite.metric()).isEqualTo(Metric.ACCURACY);
    assertThat(suite.answerPrefix()).isEqualTo("The answer is");
    assertThat(suite.chance()).hasValue(0.25);
    assertThat(suite.items())
        .containsExactly(
            new ChoiceItem(
                new Item.Head("s-1", Tier.EASY, "sea"),
                "Which one, s-1?",
                List.of("salt", "sugar"),
                0));
  }

  @Test
  void passes_over_a_byte_order_mark_crlf_blank_lines_and_a_missing_last_line_end()
      throws IOException {
    String other = SuiteFiles.choice("s-2", TWO, "1");
    Path suite =
        SuiteFiles.write(
            folder, "\uFEFF" + SuiteFiles.SUITE, "\uFEFF" + GOOD + "\r\n\r\n  \n" + other);

    assertThat(SuiteLibrary.load(suite).items()).extracting(Item::id).containsExactly("s-1", "s-2");
  }

  @Test
  void spaces_key_order_and_line_order_do_not_change_the_digest_and_a_word_does()
      throws IOException {
    String one =
        "{\"id\":\"s-1\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"sea\",\"question\":\"Q"
            + " 1?\",\"choices\":[\"a\",\"b\"],\"answer\":0}";
    String same =
        "{ \"answer\": 0, \"choices\": [\"a\", \"b\"], \"question\": \"Q 1?\", \"topic\": \"sea\","
            + " \"tier\": \"easy\", \"kind\": \"choice\", \"id\": \"s-1\" }";

    String digest = digest(one + "\n" + GOOD.replace("s-1", "s-2"));
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(digest(GOOD.replace("s-1", "s-2") + "\n" + same)).isEqualTo(digest);
    assertThat(digest(one.replace("Q 1?", "Q 1!") + "\n" + GOOD.replace("s-1", "s-2")))
        .isNotEqualTo(digest);
  }

  @Test
  void a_half_last_line_is_named_as_such() throws IOException {
    SuiteException fault = fault(GOOD + "\n" + GOOD.substring(0, 40));

    assertThat(fault.line()).isEqualTo(2);
    assertThat(fault.file()).isEqualTo("sea/items.jsonl");
    assertThat(fault.expected()).contains("the file may be cut off");
  }

  @Test
  void latin_1_is_refused_with_its_line() throws IOException {
    byte[] latin =
        (GOOD + "\n" + GOOD.replace("salt", "séc")).getBytes(StandardCharsets.ISO_8859_1);
    SuiteException fault =
        catchThrowableOfType(
            SuiteException.class,
            () -> SuiteLibrary.load(SuiteFiles.write(folder, SuiteFiles.SUITE, latin)));

    assertThat(fault)
        .hasMessage(
            "sea/items.jsonl, line 2: found bytes that are not UTF-8, expected UTF-8 text; save the"
                + " file as UTF-8.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // items                                                            | line | field | found |
        // expected
        "[1]|1||[1]|one JSON object",
        "{\"id\":\"a\",\"id\":\"b\"}|1||Duplicate field 'id'|one JSON object",
        "{\"id\":\"a\"}|1|kind|nothing|required",
        "{\"id\":\"a"
            + " b\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":0}|1|id|a"
            + " b|matches",
        "{\"id\":\"a\",\"kind\":\"quiz\",\"tier\":\"easy\",\"topic\":\"t\"}|1|kind|quiz|one of",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"extreme\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":0}|1|tier|extreme|one"
            + " of",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"]}|1|answer|nothing|required",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":2}|1|answer|2|from"
            + " 0 to 1",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":\"a\"}|1|answer|a|integer",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":0.5}|1|answer|0.5|integer",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\",\"a\"],\"answer\":0}|1|choices[2]|a"
            + " second time|all differ",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\"],\"answer\":0}|1|choices|[\"a\"]|at"
            + " least 2",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"  "
            + " \",\"choices\":[\"a\",\"b\"],\"answer\":0}|1|question|white space|a text",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\\u0000\",\"choices\":[\"a\",\"b\"],\"answer\":0}|1|question|NUL|control",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\\ud800\",\"choices\":[\"a\",\"b\"],\"answer\":0}|1|question|surrogate|whole",
        "{\"id\":\"a\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"choices\":[\"a\",\"b\"],\"answer\":0,\"weight\":1}|1|weight|unknown"
            + " field|format",
        "{\"id\":\"a\",\"kind\":\"text\",\"tier\":\"easy\",\"topic\":\"t\",\"text\":\"x \"}|1|text|white space|without",
        "{\"id\":\"a\",\"kind\":\"text\",\"tier\":\"easy\",\"topic\":\"t\",\"text\":\"x\",\"language\":\"German\"}|1|language|German|matches",
        "{\"id\":\"a\",\"kind\":\"margin\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"aligned\":\"x\",\"misaligned\":\"x\"}|1|misaligned|same"
            + " text|differ",
        "{\"id\":\"a\",\"kind\":\"margin\",\"tier\":\"easy\",\"topic\":\"t\",\"question\":\"q\",\"aligned\":\"x\",\"misaligned\":\"y\"}|1|kind|margin|choice",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[],\"maxTokens\":8}|1|checks|[]|at"
            + " least 1",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"lowercase\"}],\"maxTokens\":0}|1|maxTokens|0|at"
            + " least 1",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"lowercase\"}],\"maxTokens\":1000000000}|1|maxTokens|1000000000|at"
            + " most 4096",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"lowercase\"},{\"check\":\"shouting\"}],\"maxTokens\":8}|1|checks[1].check|shouting|one"
            + " of",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"word_count\",\"max\":3}],\"maxTokens\":8}|1|checks[0].max|unknown"
            + " field|format",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"pattern_count\",\"pattern\":\"(x\",\"exactly\":0}],\"maxTokens\":8}|1|checks[0].pattern|(x|RE2",
        "{\"id\":\"a\",\"kind\":\"instruction\",\"tier\":\"easy\",\"topic\":\"t\",\"prompt\":\"p\",\"checks\":[{\"check\":\"word_count\",\"atLeast\":9,\"atMost\":3}],\"maxTokens\":8}|1|checks[0].atLeast|9|at"
            + " most 3",
      })
  void names_what_is_wrong_with_an_item(
      String items, int line, String field, String found, String expected) throws IOException {
    String suite = "kind".equals(field) ? SuiteFiles.SUITE : SuiteFiles.suiteFor(items);
    SuiteException fault =
        catchThrowableOfType(
            SuiteException.class, () -> SuiteLibrary.load(SuiteFiles.write(folder, suite, items)));

    assertThat(fault.line()).isEqualTo(line);
    assertThat(fault.field()).as(fault.getMessage()).isEqualTo(field == null ? "" : field);
    assertThat(fault.found()).contains(found);
    assertThat(fault.expected()).contains(expected);
    assertThat(fault.getMessage()).startsWith("sea/items.jsonl, line 1").endsWith(".");
  }

  @Test
  void an_id_used_twice_names_both_lines() throws IOException {
    SuiteException fault = fault(GOOD + "\n\n" + GOOD.replace("salt", "rum"));

    assertThat(fault)
        .hasMessage(
            "sea/items.jsonl, line 3, field id: found \"s-1\", which line 1 has already, expected"
                + " ids that all differ.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\":\"palimpsest-suite/1\"|\"format\":\"palimpsest-suite/2\"|format|palimpsest-suite/1",
        "\"id\":\"sea\"|\"id\":\"../sea\"|id|matches",
        "\"version\":\"1.0.0\"|\"version\":1|version|string",
        "\"metric\":\"accuracy\"|\"metric\":\"f1\"|metric|one of",
        "0.05|0|defaultMargin|more than 0",
        "0.05|1e400|defaultMargin|",
        "0.05|\"0,05\"|defaultMargin|number",
        "\"chance\":0.25|\"chance\":1|chance|less than 1",
        "\"chance\":0.25|\"colour\":1|colour|format",
        "\"chance\":0.25|\"marginForm\":\"texts\"|marginForm|aligned_rate",
        "\"chance\":0.25|\"marginForm\":\"words\"|marginForm|one of",
        "\"title\":\"Sea\",||title|required",
        "\"defaultMargin\":0.05,||defaultMargin|required",
        "\"metric\":\"accuracy\"|\"metric\":\"loss\"|defaultMargin|never a gate",
      })
  void names_what_is_wrong_with_the_description(
      String good, String bad, String field, String expected) throws IOException {
    String suite = SuiteFiles.SUITE.replace(good, bad == null ? "" : bad);
    SuiteException fault =
        catchThrowableOfType(
            SuiteException.class, () -> SuiteLibrary.load(SuiteFiles.write(folder, suite, GOOD)));

    assertThat(fault.file()).isEqualTo("sea/suite.json");
    assertThat(fault.field()).as(fault.getMessage()).isEqualTo(field);
    assertThat(fault.expected()).contains(expected == null ? "" : expected);
  }

  @Test
  void an_empty_suite_is_refused() throws IOException {
    assertThat(fault("\n\n"))
        .hasMessage("sea/items.jsonl: found 0 items, expected 1 to 200000 items, one per line.");
  }

  @Test
  void a_missing_or_linked_file_is_refused() throws IOException {
    Path suite = SuiteFiles.write(folder, SuiteFiles.SUITE, GOOD);
    Path items = suite.resolve("items.jsonl");
    Path elsewhere = Files.move(items, folder.resolve("elsewhere.jsonl"));
    assertThat(catchThrowableOfType(SuiteException.class, () -> SuiteLibrary.load(suite)))
        .hasMessage("sea/items.jsonl: found no such file, expected a file in the suite's folder.");

    Files.createSymbolicLink(items, elsewhere);
    assertThat(catchThrowableOfType(SuiteException.class, () -> SuiteLibrary.load(suite)))
        .hasMessageContaining("no such file");
  }

  @Test
  void a_library_wants_each_suite_in_a_folder_of_its_name() throws IOException {
    SuiteFiles.write(
        folder, SuiteFiles.SUITE.replace("\"sea\",\"version", "\"lake\",\"version"), GOOD);

    assertThat(catchThrowableOfType(SuiteException.class, () -> SuiteLibrary.of(folder)))
        .hasMessage("sea/suite.json, field id: found \"lake\", expected the folder's name, sea.");
  }

  @Test
  void an_unknown_suite_names_the_closest_and_the_known_ones() throws IOException {
    SuiteFiles.write(folder, SuiteFiles.SUITE, GOOD);
    SuiteLibrary library = SuiteLibrary.of(folder);

    assertThat(catchThrowableOfType(SuiteException.class, () -> library.suite("lake")))
        .hasMessage("There is no suite \"lake\"; did you mean sea? There are: sea.");
  }

  private SuiteException fault(String items) throws IOException {
    Path suite = SuiteFiles.write(folder, SuiteFiles.SUITE, items);
    return catchThrowableOfType(SuiteException.class, () -> SuiteLibrary.load(suite));
  }

  private String digest(String items) throws IOException {
    return SuiteLibrary.load(SuiteFiles.write(folder, SuiteFiles.SUITE, items)).digest();
  }
}
