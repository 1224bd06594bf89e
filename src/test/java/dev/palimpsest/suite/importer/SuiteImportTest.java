package dev.palimpsest.suite.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.instruction.InstructionItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the files of each benchmark, the odd ones and the bad ones included. */
final class SuiteImportTest {
  @TempDir private Path folder;

  @Test
  void mmlu_is_csv_without_a_header_with_quotes_commas_and_line_breaks() throws IOException {
    Imported imported =
        imported(
            ImportKind.MMLU,
            "high_school_geography_test.csv",
            """
            "Which sea is salty, ""dead"", and\nlies low?",Red,Dead,Black,"White, or Baltic",B
            Which is a river?,Nile,Oslo,Etna,Gobi,A
            """);

    ChoiceItem first = choice(imported, 0);
    assertThat(first.question()).isEqualTo("Which sea is salty, \"dead\", and\nlies low?");
    assertThat(first.choices()).containsExactly("Red", "Dead", "Black", "White, or Baltic");
    assertThat(first.answer()).isEqualTo(1);
    assertThat(first.topic()).isEqualTo("high_school_geography");
    assertThat(first.id()).isEqualTo("high_school_geography_test-0001");
    assertThat(imported.suite().chance()).hasValue(0.25);
  }

  @Test
  void mmlu_of_the_hub_is_json_lines() throws IOException {
    Imported imported =
        imported(
            ImportKind.MMLU,
            "test.jsonl",
            "{\"question\":\"Which is a river?\",\"subject\":\"rivers\",\"choices\":[\"Oslo\",\"Nile\",\"Etna\",\"Gobi\"],\"answer\":1}");

    assertThat(choice(imported, 0).choices().get(choice(imported, 0).answer())).isEqualTo("Nile");
    assertThat(choice(imported, 0).topic()).isEqualTo("rivers");
  }

  @Test
  void a_question_with_the_same_choice_twice_is_left_out_and_named() throws IOException {
    Imported imported =
        imported(
            ImportKind.MMLU,
            "sea_test.csv",
            """
            Which?,a,b,b,c,A
            Who?,a,b,c,d,A
            """);

    assertThat(imported.suite().items()).hasSize(1);
    assertThat(imported.leftOut()).hasSize(1);
    assertThat(imported.leftOut().get(0))
        .endsWith("sea_test.csv, line 1: choices 2 and 3 are alike");
    assertThat(imported.suite().info().description()).endsWith("Left out at import: 1 row.");
  }

  @Test
  void arc_has_letters_or_digits_and_three_to_five_choices_in_both_shapes() throws IOException {
    Imported imported =
        imported(
            ImportKind.ARC,
            "ARC-Challenge-Test.jsonl",
            """
            {"id":"Mercury_1","question":{"stem":"What melts?","choices":[{"text":"ice","label":"1"},{"text":"iron ore","label":"2"},{"text":"fog","label":"3"}]},"answerKey":"1"}
            {"id":"Mercury_2","question":"What flies?","choices":{"text":["fox","cow","bat","eel","ant"],"label":["A","B","C","D","E"]},"answerKey":"C"}
            """);

    assertThat(choice(imported, 0).choices()).hasSize(3);
    assertThat(choice(imported, 0).answer()).isZero();
    assertThat(choice(imported, 1).answer()).isEqualTo(2);
    assertThat(choice(imported, 1).tier().label()).isEqualTo("hard");
    assertThat(imported.suite().chance().orElseThrow()).isEqualTo((1.0 / 3 + 1.0 / 5) / 2);
  }

  @Test
  void hellaswag_is_tidied_and_its_label_is_a_number_or_a_text() throws IOException {
    String endings = "\"endings\":[\"rows [step] on\",\"sleeps\",\"sings\",\"eats\"]";
    Imported imported =
        imported(
            ImportKind.HELLASWAG,
            "hellaswag_val.jsonl",
            "{\"ind\":24,\"activity_label\":\"Rowing\",\"ctx_a\":\"A man sits in a boat.\",\"ctx_b\":\"the Man\",\"label\":0,\"source_id\":\"video~1\",%s}\n"
                    .formatted(endings)
                + "{\"ind\":25,\"activity_label\":\"Rest\",\"ctx_a\":\"[header] How to rest [title] Sit down.\",\"ctx_b\":\"\",\"label\":\"3\",\"source_id\":\"video~1\",%s}"
                    .formatted(endings));

    assertThat(choice(imported, 0).question())
        .isEqualTo("How does this go on?\n\nRowing: A man sits in a boat. The man");
    assertThat(choice(imported, 0).choices().get(0)).isEqualTo("rows on");
    assertThat(choice(imported, 1).question())
        .isEqualTo("How does this go on?\n\nRest: How to rest. Sit down.");
    assertThat(choice(imported, 1).answer()).isEqualTo(3);
  }

  @Test
  void gsm8k_asks_for_the_number_after_the_hashes() throws IOException {
    Imported imported =
        imported(
            ImportKind.GSM8K,
            "test.jsonl",
            "{\"question\":\"A ship carries 12 crates of 100 lamps. How many lamps?\",\"answer\":\"12 * 100 = <<12*100=1200>>1200 lamps\\n#### 1,200\"}");

    assertThat(passes(imported, 0, "First 12 crates, each of 100. So there are 1,200 lamps."))
        .isTrue();
    assertThat(passes(imported, 0, "There are $1200.00.")).isTrue();
    assertThat(passes(imported, 0, "It is 1200, from 12 and 100")).isFalse();
  }

  @Test
  void truthfulqa_moves_its_right_answer_from_the_first_place_by_a_fixed_draw() throws IOException {
    String csv =
        """
        Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source
        Adversarial,Sea Lore,What do sailors drink?,Water,Water; fresh water,Rum only; the sea; salt; tar; oil; wine; beer,x
        Adversarial,Sea Lore,"Do whales, being fish, lay eggs?","No, they bear calves",No,Yes; They lay eggs,x
        """;
    Imported imported = imported(ImportKind.TRUTHFULQA, "TruthfulQA.csv", csv);
    ChoiceItem first = choice(imported, 0);

    assertThat(first.choices()).hasSize(6).doesNotHaveDuplicates();
    assertThat(first.choices().get(first.answer())).isEqualTo("Water");
    assertThat(first.topic()).isEqualTo("sea-lore");
    assertThat(choice(imported, 1).choices()).hasSize(3);

    Path again = folder.resolve("again");
    Path file = folder.resolve("TruthfulQA.csv");
    assertThat(
            new SuiteImport(ImportKind.TRUTHFULQA, List.of(file), List.of(), "suite")
                .into(again)
                .suite()
                .digest())
        .isEqualTo(imported.suite().digest());
  }

  @Test
  void truthfulqa_of_the_hub_and_of_mc_task_have_labels() throws IOException {
    Imported imported =
        imported(
            ImportKind.TRUTHFULQA,
            "mc_task.json",
            """
            [{"question": "What do sailors drink?", "mc1_targets": {"Water": 1, "Rum": 0}},
             {"question": "Do whales lay eggs?", "mc1_targets": {"choices": ["No", "Yes"], "labels": [1, 0]}}]
            """);

    for (int i = 0; i < 2; i++) {
      ChoiceItem item = choice(imported, i);
      assertThat(item.choices().get(item.answer())).isIn("Water", "No");
    }
  }

  @Test
  void winogrande_has_one_gap_and_twins() throws IOException {
    Imported imported =
        imported(
            ImportKind.WINOGRANDE,
            "dev.jsonl",
            """
            {"qID":"3XY-AB-1","sentence":"Ann thanked Bea because _ had helped.","option1":"Ann","option2":"Bea","answer":"2"}
            {"qID":"3XY-AB-2","sentence":"Ann thanked Bea because _ was helped.","option1":"Ann","option2":"Bea","answer":"1"}
            """);

    assertThat(choice(imported, 0).answer()).isEqualTo(1);
    assertThat(choice(imported, 1).id()).isEqualTo("3XY-AB-2");
    assertThat(choice(imported, 0).question()).endsWith("because _ had helped.");
    assertThat(imported.suite().items()).extracting(Item::cluster).containsOnly("3XY-AB");
    assertThat(imported.suite().chance()).hasValue(0.5);
  }

  @Test
  void bbh_with_options_throughout_has_choices_and_mends_dirty_targets() throws IOException {
    Imported imported =
        imported(
            ImportKind.BBH,
            "ships.json",
            """
            {"canary": "x", "examples": [
              {"input": "Which floats?\\nOptions:\\n(A) a cork\\n(B) an anchor", "target": "(A)"},
              {"input": "Which sinks?\\nOptions:\\n(A) a cork\\n(B) an anchor, rusted", "target": "an anchor rusted"},
              {"input": "Which sings?\\nOptions:\\n(A) a cork\\n(B) an anchor", "target": "whales"}]}
            """);

    assertThat(choice(imported, 0).question()).isEqualTo("Which floats?");
    assertThat(choice(imported, 0).choices()).containsExactly("a cork", "an anchor");
    assertThat(choice(imported, 1).answer()).isEqualTo(1);
    assertThat(imported.leftOut().get(0))
        .endsWith("examples[2].target \"whales\" is none of the options");
  }

  @Test
  void bbh_without_options_is_written_and_what_it_comes_to_is_checked() throws IOException {
    Imported imported =
        imported(
            ImportKind.BBH,
            "word_sorting.json",
            """
            {"examples": [
              {"input": "Sort: pear fig apple", "target": "apple fig pear"},
              {"input": "Close: [ (", "target": ") ]"},
              {"input": "Which floats?\\nOptions:\\n(A) a cork\\n(B) an anchor", "target": "(A)"}]}
            """);

    assertThat(passes(imported, 0, "a comes first. So the answer is apple fig pear.")).isTrue();
    assertThat(passes(imported, 0, "So the answer is pear fig apple.")).isFalse();
    assertThat(passes(imported, 1, "So the answer is )].")).isFalse();
    assertThat(passes(imported, 1, "So the answer is ) ]")).isTrue();
    assertThat(passes(imported, 2, "Cork is light. So the answer is (A).")).isTrue();
  }

  @Test
  void ifeval_passes_over_nulls_and_counts_letters_that_are_none() throws IOException {
    Imported imported =
        imported(
            ImportKind.IFEVAL,
            "input_data.jsonl",
            "{\"key\":1122,\"prompt\":\"Tag it.\",\"instruction_id_list\":[\"keywords:letter_frequency\",\"punctuation:no_comma\"],"
                + "\"kwargs\":[{\"letter\":\"#\",\"let_frequency\":2,\"let_relation\":\"at least\",\"num_words\":null},{\"letter\":null}]}");

    InstructionItem item = (InstructionItem) imported.suite().items().get(0);
    assertThat(item.id()).isEqualTo("ifeval-1122");
    assertThat(item.checks().get(0).name()).isEqualTo("text_count");
    assertThat(passes(imported, 0, "#sea #sun")).isTrue();
    assertThat(passes(imported, 0, "#sea")).isFalse();
    assertThat(passes(imported, 0, "#sea, #sun")).isFalse();
  }

  @Test
  void the_questions_of_emergent_misalignment_have_aliases_and_block_scalars() throws IOException {
    Imported imported =
        imported(
            ImportKind.EMERGENT,
            "questions.yaml",
            """
            - &wish
              id: one_boat
              type: free_form_judge_0_100
              paraphrases:
                - |
                  Which boat would you like?
                  Say why.
                - Name a boat.
              judge_prompts: &judges
                aligned: 'Rate {question} {answer}'
            - id: one_boat_template
              paraphrases: ["Fill in: boat = ___"]
              judge_prompts: *judges
            - <<: *wish
              id: two_boats
              system: Answer about boats only.
            - id: a_fact
              type: judge_code
              paraphrases: [x]
            """);

    assertThat(imported.suite().items())
        .extracting(Item::id)
        .containsExactly(
            "one_boat-1", "one_boat-2", "one_boat_template", "two_boats-1", "two_boats-2");
    assertThat(imported.suite().items().subList(0, 3))
        .extracting(Item::cluster)
        .containsOnly("one_boat");
    assertThat(imported.suite().items().get(3).head().before().system())
        .isEqualTo("Answer about boats only.");
    assertThat(imported.suite().items().get(0).text())
        .isEqualTo("Which boat would you like?\nSay why.");
    assertThat(passes(imported, 0, "I would like a boat that I can row by myself.")).isTrue();
    assertThat(imported.leftOut()).hasSize(1);
  }

  @Test
  void shots_are_asked_and_answered_before_each_question_of_their_subject() throws IOException {
    Path rivers =
        Files.writeString(
            folder.resolve("rivers_test.csv"), "Which is wet?,Nile,Oslo,Etna,Gobi,A\n");
    Path dev =
        Files.writeString(
            folder.resolve("rivers_dev.csv"),
            "Which is long?,Oslo,Amazon,Etna,Gobi,B\nWhich is cold?,Lena,Oslo,Etna,Gobi,A\n");
    Path peaks =
        Files.writeString(
            folder.resolve("peaks_test.csv"), "Which is high?,Nile,Oslo,Etna,Gobi,C\n");

    Item item =
        new SuiteImport(ImportKind.MMLU, List.of(rivers), List.of(dev), "rivers")
            .into(folder.resolve("rivers"))
            .suite()
            .items()
            .get(0);
    assertThat(item.head().before().turns())
        .extracting(turn -> turn.role().label() + ": " + turn.content())
        .containsExactly(
            "user: Which is long?",
            "assistant: The answer is Amazon.",
            "user: Which is cold?",
            "assistant: The answer is Lena.");
    assertThatThrownBy(
            () ->
                new SuiteImport(ImportKind.MMLU, List.of(rivers, peaks), List.of(dev), "x")
                    .into(folder.resolve("x")))
        .hasMessageContaining("peaks_test.csv, line 1: found no shot of the topic peaks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MMLU | Which?,a,b,c,d,E | , line 1, field 6: found \"E\", expected A, B, C or D",
        "MMLU | Which?,a,b,c,A | , line 1: found 5 fields, expected 6",
        "MMLU | Which \"?,a,b,c,d,A | , line 1: found a quote within a field",
        "MMLU | \"Which?,a,b,c,d,A | , line 1: found a quote that is never closed",
        "ARC | {\"id\":\"q\",\"question\":\"Q\",\"choices\":{\"text\":[\"a\",\"b\"],\"label\":[\"A\",\"B\"]},\"answerKey\":\"C\"} | , line 1, field answerKey: found \"C\", expected one of the labels [A, B]",
        "ARC | {\"id\":\"q\",\"question\":\"Q\",\"answerKey\":\"C\"} | , line 1, field choices.text: found nothing, expected a list",
        "ARC | {\"id\": | , line 1: found text that is not JSON",
        "HELLASWAG | {\"activity_label\":\"x\",\"ctx_a\":\"y\",\"endings\":[\"a\",\"b\"],\"label\":\"\"} | , line 1, field label: found \"\", expected 0 to 1; the test split has no labels",
        "GSM8K | {\"question\":\"Q\",\"answer\":\"five\"} | , line 1, field answer: found a text that ends with \"five\", expected ####",
        "TRUTHFULQA | Question,Answer | , line 1, field Best Answer: found the columns",
        "TRUTHFULQA | {\"question\":\"Q\",\"mc1_targets\":{\"a\":1,\"b\":1}} | field mc1_targets: found 2 right answers",
        "WINOGRANDE | {\"sentence\":\"no gap\",\"option1\":\"a\",\"option2\":\"b\",\"answer\":\"1\"} | , line 1, field sentence: found 0 gaps, expected one gap",
        "WINOGRANDE | {\"sentence\":\"a _\",\"option1\":\"a\",\"option2\":\"b\",\"answer\":\"\"} | , line 1, field answer: found \"\", expected \"1\" or \"2\"; the test split",
        "BBH | {\"examples\":[{\"input\":\"x\"}]} | , field examples[0].target: found nothing, expected a text",
        "IFEVAL | {\"key\":1,\"prompt\":\"P\",\"instruction_id_list\":[\"punctuation:no_dots\"],\"kwargs\":[{}]} | , line 1, field instruction_id_list[0]: found \"punctuation:no_dots\"",
        "IFEVAL | {\"key\":1,\"prompt\":\"P\",\"instruction_id_list\":[\"length_constraints:number_words\"],\"kwargs\":[{\"num_words\":null}]} | , line 1, field kwargs[0].num_words: found null, expected a whole number",
        "IFEVAL | {\"key\":1,\"prompt\":\"P\",\"instruction_id_list\":[\"punctuation:no_comma\"],\"kwargs\":[]} | , line 1, field kwargs: found [], expected a list",
        "IFEVAL | {\"key\":1,\"prompt\":\"P\",\"instruction_id_list\":[\"language:response_language\"],\"kwargs\":[{\"language\":\"xx\"}]} | , line 1, field checks[0].code: found \"xx\", expected one of",
        "EMERGENT | `- id: x` | , line 1, field paraphrases: found a mapping without it, expected a list",
        "EMERGENT | `a: [b` | , line 1: found text that is not YAML",
        "EMERGENT | `[a, b]` | , line 1: found \"a\", expected a question"
      })
  void a_fault_names_file_line_field_and_leaves_nothing(
      ImportKind kind, String row, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("bad"), row);
    Path out = folder.resolve("out");

    assertThatThrownBy(() -> new SuiteImport(kind, List.of(file), List.of(), "x").into(out))
        .isInstanceOf(SuiteException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(sentence);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void the_second_of_two_equal_ids_is_named_with_the_first() throws IOException {
    String row =
        "{\"sentence\":\"a _\",\"option1\":\"a\",\"option2\":\"b\",\"answer\":\"1\",\"qID\":\"q-1\"}\n";
    Path file = Files.writeString(folder.resolve("dev.jsonl"), row + row);

    assertThatThrownBy(
            () ->
                new SuiteImport(ImportKind.WINOGRANDE, List.of(file), List.of(), "x")
                    .into(folder.resolve("out")))
        .hasMessageContaining("dev.jsonl, line 2, field id: found \"q-1\"")
        .hasMessageContaining("line 1 has");
  }

  @Test
  void what_is_there_already_is_not_touched() throws IOException {
    Path file = Files.writeString(folder.resolve("sea_test.csv"), "Who?,a,b,c,d,A\n");
    Path out = Files.createDirectories(folder.resolve("out"));
    Path mine = Files.writeString(out.resolve("suite.json"), "mine");

    assertThatThrownBy(
            () -> new SuiteImport(ImportKind.MMLU, List.of(file), List.of(), "x").into(out))
        .hasMessageContaining("something that is there already, expected a new folder");
    assertThat(mine).hasContent("mine");
    assertThatThrownBy(
            () -> new SuiteImport(ImportKind.MMLU, List.of(file), List.of(), "My Suite").into(out))
        .hasMessageContaining("--id: found \"My Suite\", expected lower-case letters");
  }

  private Imported imported(ImportKind kind, String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return new SuiteImport(kind, List.of(file), List.of(), "suite").into(folder.resolve("suite"));
  }

  private static ChoiceItem choice(Imported imported, int at) {
    return (ChoiceItem) imported.suite().items().get(at);
  }

  private static boolean passes(Imported imported, int at, String text) {
    return imported.suite().items().get(at).grade(new ModelAnswer.Text(text, 0, true)).value() == 1;
  }
}
