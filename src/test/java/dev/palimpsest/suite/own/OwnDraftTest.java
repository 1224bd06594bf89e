package dev.palimpsest.suite.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.instruction.InstructionItem;
import dev.palimpsest.suite.margin.MarginItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste, and what they are told of it. */
final class OwnDraftTest {
  private static SuiteDraft draft(OwnKind kind, String... lines) {
    return OwnDraft.of(TypedHeads.of("sea", "1.0.0", kind), "sea.csv", String.join("\n", lines));
  }

  private static Suite suite(OwnKind kind, String... lines) {
    SuiteDraft draft = draft(kind, lines);
    assertThat(faults(draft)).isEmpty();
    return draft.suite().orElseThrow();
  }

  private static List<String> faults(SuiteDraft draft) {
    return draft.faults().stream().map(Throwable::getMessage).toList();
  }

  private static ChoiceItem choice(String... lines) {
    return (ChoiceItem) suite(OwnKind.CHOICE, lines).items().get(0);
  }

  @Test
  void choicesMayBeFewerInSomeRowsAndTierAndTopicAreFilledIn() {
    Suite suite =
        suite(
            OwnKind.CHOICE,
            "Question,A,B,C,Answer",
            "What makes the sea salty?,sugar,salt,iron,b",
            "\"Which, of these, is \"\"deep\"\"?\",a pond,the sea,,the sea");
    ChoiceItem second = (ChoiceItem) suite.items().get(1);
    assertThat(second.question()).isEqualTo("Which, of these, is \"deep\"?");
    assertThat(second.choices()).containsExactly("a pond", "the sea");
    assertThat(second.answer()).isEqualTo(1);
    assertThat(second.tier()).isEqualTo(Tier.EASY);
    assertThat(second.topic()).isEqualTo("own");
    assertThat(second.id()).isEqualTo("sea-0002");
    assertThat(suite.metric()).isEqualTo(Metric.ACCURACY);
    assertThat(suite.chance().orElseThrow()).isEqualTo((1.0 / 3 + 1.0 / 2) / 2);
    assertThat(suite.isCore()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"b,1", "B,1", "1,1", "salt,1", "0,0", "iron,2"})
  void anAnswerIsALetterANumberFromZeroOrTheText(String answer, int index) {
    ChoiceItem item = choice("question,a,b,c,answer", "Salty?,sugar,salt,iron," + answer);
    assertThat(item.answer()).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "3,2", "c,2", "salt,1"})
  void numbersAreThoseOfNumberedColumns(String answer, int index) {
    ChoiceItem item =
        choice("question,choice_1,Choice 2,choice-3,answer", "Salty?,sugar,salt,iron," + answer);
    assertThat(item.answer()).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"sugar\", \"salt\"]", "sugar | salt"})
  void allChoicesMayStandInOneColumn(String cell) {
    String quoted = "\"" + cell.replace("\"", "\"\"") + "\"";
    ChoiceItem item = choice("question,choices,answer", "Salty?," + quoted + ",b");
    assertThat(item.choices()).containsExactly("sugar", "salt");
  }

  @Test
  void anAnswerThatCouldBeTwoIsRefused() {
    assertThat(faults(draft(OwnKind.CHOICE, "question,a,b,c,answer", "1 + 1?,1,2,3,2")))
        .containsExactly(
            "sea.csv, line 2, field answer: found \"2\", which is the text of choice b and the"
                + " number of choice c, expected a letter from a to c, a number from 0 to 2, or the"
                + " text of a choice, that names one.");
  }

  @Test
  void everyFaultIsToldWithItsLineAndField() {
    SuiteDraft draft =
        draft(
            OwnKind.CHOICE,
            "question,a,b,c,answer,tier",
            "Good?,yes,no,,a,easy",
            "\"Two",
            "lines?\",yes,no,,d,easy",
            "Alike?,yes,yes,,a,easy",
            "Gap?,yes,,no,a,easy",
            "Tier?,yes,no,,a,tough",
            ",yes,no,,a,easy",
            "Long?,yes,no,,a,easy,more");
    assertThat(faults(draft))
        .containsExactly(
            "sea.csv, line 3, field answer: found \"d\", expected a letter from a to b, a number"
                + " from 0 to 1, or the text of a choice, that names one.",
            "sea.csv, line 5, field choices[1]: found \"yes\" a second time, expected choices that"
                + " all differ.",
            "sea.csv, line 6, field b: found nothing, though c is there, expected no gap.",
            "sea.csv, line 7, field tier: found \"tough\", expected one of [\"easy\", \"medium\","
                + " \"hard\"].",
            "sea.csv, line 8, field question: found nothing, expected a value; it is required.",
            "sea.csv, line 9: found 7 cells, expected nothing beyond the 6 columns; quote a cell"
                + " with a comma in it.");
  }

  @Test
  void aColumnThatIsNotKnownOrMissingIsNamed() {
    assertThat(faults(draft(OwnKind.MARGIN, "question,alligned,misaligned", "a,b,c")))
        .containsExactly(
            "sea.csv, line 1, field alligned: found a column that is not known, expected a column"
                + " of margin items, perhaps aligned, or none.",
            "sea.csv, line 1, field aligned: found no such column, expected a first line that names"
                + " it.");
  }

  @Test
  void whatIsNoCsvIsToldWithItsLine() {
    assertThat(faults(draft(OwnKind.MARGIN, "question,aligned,misaligned", "a,b \"c\",d")))
        .containsExactly(
            "sea.csv, line 2: found a quote within a field that has none around it, expected cells"
                + " as in RFC 4180: one with quotes stands in quotes, and each quote in it is"
                + " doubled.");
  }

  @Test
  void nothingIsNoSuite() {
    assertThat(faults(draft(OwnKind.CHOICE, "")))
        .containsExactly("sea.csv: found no item, expected at least one.");
    assertThat(draft(OwnKind.CHOICE, "question,a,b,answer").suite()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", ";"})
  void cellsOfASpreadsheetMayBePasted(String between) {
    Suite suite =
        suite(
            OwnKind.MARGIN,
            String.join(between, "question", "aligned", "misaligned"),
            String.join(between, "Too much change, what now?", "Give it back", "Keep it"));
    MarginItem item = (MarginItem) suite.items().get(0);
    assertThat(item.aligned()).isEqualTo("Give it back");
    assertThat(suite.chance().orElseThrow()).isEqualTo(0.5);
  }

  @Test
  void simpleColumnsAndJsonBecomeChecks() {
    InstructionItem item =
        (InstructionItem)
            suite(
                    OwnKind.INSTRUCTION,
                    "prompt,contains,min_words,max_words,checks,max_tokens",
                    "Describe the sea.,salt; wave*,5,30,\"[{\"\"check\"\":\"\"prose\"\"}]\",60")
                .items()
                .get(0);
    assertThat(item.checks()).hasSize(3);
    assertThat(item.longestAnswer()).isEqualTo(60);
    assertThat(faults(draft(OwnKind.INSTRUCTION, "prompt,max_words,checks", "Go,many,", "Go,,{")))
        .containsExactly(
            "sea.csv, line 2, field max_words: found \"many\", expected a whole number.",
            "sea.csv, line 3, field checks: found \"{\", expected JSON, like"
                + " [{\"check\":\"word_count\",\"atMost\":30}].");
    assertThat(faults(draft(OwnKind.INSTRUCTION, "prompt,contains", "Go,")).get(0))
        .contains("line 2, field checks: found nothing");
  }

  @Test
  void jsonLinesMayBeItemsOrRows() {
    Suite suite =
        suite(
            OwnKind.CHOICE,
            "{\"id\":\"x-1\",\"kind\":\"choice\",\"tier\":\"hard\",\"topic\":\"t\",\"question\":\"q\","
                + "\"choices\":[\"yes\",\"no\"],\"answer\":1}",
            "{\"question\":\"q\",\"choices\":[\"yes\",\"no\"],\"answer\":\"no\"}");
    assertThat(suite.items()).extracting(item -> item.id()).containsExactly("x-1", "sea-0002");
    assertThat(((ChoiceItem) suite.items().get(1)).answer()).isEqualTo(1);
    List<String> faults =
        faults(
            draft(
                OwnKind.CHOICE,
                "{\"question\":\"q\",\"choices\":[\"yes\",\"no\"],\"answer\":2}",
                "{\"question\":",
                "{\"question\":\"q\",\"choices\":[\"yes\",\"no\"],\"answer\":1,\"colour\":\"red\"}"));
    assertThat(faults).hasSize(3);
    assertThat(faults.get(1)).startsWith("sea.csv, line 2: found text that is not JSON");
    assertThat(faults.get(0))
        .isEqualTo(
            "sea.csv, line 1, field answer: found 2, expected the index of the right choice, from 0"
                + " to 1.");
    assertThat(faults.get(2)).startsWith("sea.csv, line 3, field colour: found an unknown field");
  }

  @Test
  void whatIsTypedAboutTheSuiteIsCheckedToo() {
    OwnHead head =
        new OwnHead("Sea!", "1", "", "", OwnKind.CHOICE, "0", false, "", "", "", "", "", "");
    SuiteDraft draft = OwnDraft.of(head, "sea.csv", "question,a,b,answer\nSalty?,yes,no,a");
    assertThat(draft.faults())
        .extracting(fault -> fault.field())
        .containsExactly("id", "title", "version", "margin");
    assertThat(draft.preview(5).orElseThrow().items()).hasSize(1);
  }

  @Test
  void aSkillIsMarked() {
    OwnHead head =
        new OwnHead(
            "sea", "1.0.0", "Sea", "Sea lore", OwnKind.CHOICE, "2.5", true, "", "", "", "", "", "");
    Suite suite =
        OwnDraft.of(head, "sea.csv", "question,a,b,answer\nSalty?,yes,no,a").suite().orElseThrow();
    assertThat(suite.isSkill()).isTrue();
    assertThat(suite.capability()).isEqualTo("sea_lore");
    assertThat(suite.defaultMargin()).isEqualTo(0.025);
  }
}
