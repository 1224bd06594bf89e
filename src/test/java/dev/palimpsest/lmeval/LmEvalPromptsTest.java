package dev.palimpsest.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.suite.SuiteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is put to the model is what lm-eval 0.4.13 puts to it. The files of the resources folder and
 * the hashes in *-expected.jsonl were written by bench/lmeval_agreement.py golden.
 */
final class LmEvalPromptsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/palimpsest/lmeval");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "arc,0",
    "arc,5",
    "hellaswag,0",
    "hellaswag,5",
    "mmlu,0",
    "mmlu,5",
    "winogrande,0",
    "winogrande,5",
    "truthfulqa,0",
    "gsm8k,5"
  })
  void prompts_choices_and_hashes_are_those_of_lm_eval(String task, int shots) throws IOException {
    List<Prompted> prompts = prompts(task, shots);
    List<String> expected =
        Files.readAllLines(GOLDEN.resolve(task + "-" + shots + "-expected.jsonl"));

    assertThat(prompts).hasSameSizeAs(expected).hasSize(24);
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < prompts.size(); i++) {
      JsonNode lmEval = Json.mapper().readTree(expected.get(i));
      Document document = prompts.get(i).document();
      all.assertThat(hashes(prompts.get(i), task))
          .as("document %d: %s", i, prompts.get(i).contexts())
          .isEqualTo(texts(lmEval.get("prompts")));
      all.assertThat(Sha256.hex(PythonJson.indented(document.doc())))
          .as("document %d", i)
          .isEqualTo(lmEval.get("doc_hash").textValue());
      all.assertThat(document.target()).isEqualTo(lmEval.get("target").textValue());
    }
    all.assertAll();
  }

  private static List<String> hashes(Prompted prompt, String task) {
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < prompt.document().choices(); i++) {
      String scored = task.equals("gsm8k") ? "" : prompt.document().continuation(i);
      hashes.add(Sha256.hex(prompt.context(i) + "|" + scored));
    }
    return hashes;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.textValue()));
    return texts;
  }

  @Test
  void arc_examples_are_drawn_and_may_be_the_document_itself() {
    Prompted first = prompts("arc", 5).get(0);
    assertThat(first.context(0))
        .isEqualTo(
            """
            Question: Which tool do you use to hit a nail?
            Answer: a hammer

            Question: Which treaty ended the War of the Bavarian Succession?
            Answer: the Treaty of Teschen

            Question: What do we call the person who is in charge of a trial in court?
            Answer: a judge

            Question: Which country has land borders with both Chile and Uruguay?
            Answer: Argentina

            Question: Which of these numbers is prime?
            Answer: 29

            Question: Which country has land borders with both Chile and Uruguay?
            Answer:""");
    assertThat(first.continuations())
        .containsExactly(" Brazil", " Argentina", " Paraguay", " Bolivia");
  }

  @Test
  void hellaswag_leaves_the_document_itself_out_and_capitalises() {
    assertThat(prompts("hellaswag", 5).get(0).context(0))
        .isEqualTo(
            """
            Posting a parcel: She ties a string around the box. She carries it to the post office.

            Making a snowman: The children roll a large ball of snow. They set a smaller one on top of it.

            Swimming: The swimmers stand on their blocks. At the signal they dive into the water.

            Café: The wäiter brings two cups — one with milk, one without. Élise takes the black one.

            Folding a paper boat: The boy folds the sheet down the middle. He turns down the corners to the fold.

            Baking bread: A woman kneads dough on a table. She""");
    assertThat(prompts("hellaswag", 0).get(3).context(0))
        .isEqualTo(
            "Making tea: How to make tea. Boil the water. Fill the kettle and wait until it boils.");
  }

  @Test
  void mmlu_describes_the_subject_and_scores_letters() {
    Prompted first = prompts("mmlu", 0).get(0);
    assertThat(first.context(0))
        .isEqualTo(
            """
            The following are multiple choice questions (with answers) about miscellaneous.

            How many letters are there in the English alphabet?
            A. 20
            B. 22
            C. 26
            D. 24
            Answer:""");
    assertThat(first.continuations()).containsExactly(" A", " B", " C", " D");
  }

  @Test
  void winogrande_puts_the_options_into_the_text_and_scores_the_rest() {
    Prompted first = prompts("winogrande", 0).get(0);
    assertThat(first.contexts())
        .containsExactly(
            "The cup did not fit into the box because the cup",
            "The cup did not fit into the box because the box");
    assertThat(first.continuations()).containsExactly(" was too big.", " was too big.");
  }

  @Test
  void published_shapes_are_asked_as_those_of_the_hub() throws IOException {
    Path arc =
        write(
            "ARC-Easy-Test.jsonl",
            "{\"id\":\"x\",\"question\":{\"stem\":\"What is wet?\",\"choices\":[{\"text\":\"water\",\"label\":\"A\"},{\"text\":\"fire\",\"label\":\"B\"}]},\"answerKey\":\"A\"}");
    assertThat(asked(LmEvalTask.ARC, arc).context(0)).isEqualTo("Question: What is wet?\nAnswer:");

    Path mmlu = write("us_history_test.csv", "\"Who, or what?\",me,you,she,they,C");
    Prompted letters = asked(LmEvalTask.MMLU, mmlu);
    assertThat(letters.before()).endsWith("about us history.\n\n");
    assertThat(letters.document().right()).isEqualTo(2);

    Path truth =
        write(
            "mc_task.json",
            "[{\"question\":\"Is it?\",\"mc1_targets\":{\"It is.\":1,\"It is not.\":0}}]");
    assertThat(asked(LmEvalTask.TRUTHFULQA, truth).continuations())
        .containsExactly(" It is.", " It is not.");
  }

  @Test
  void capitals_are_those_of_python() {
    assertThat(HellaSwagTask.capitalised("the Girl")).isEqualTo("The girl");
    assertThat(HellaSwagTask.capitalised("ΟΔΟΣ")).isEqualTo("Οδος");
    assertThat(HellaSwagTask.capitalised("")).isEmpty();
  }

  @Test
  void a_pool_that_is_too_small_says_how_many_it_needs() {
    Path data = GOLDEN.resolve("hellaswag.jsonl");
    Path pool = GOLDEN.resolve("hellaswag-shots.jsonl");
    LmEvalRun run =
        new LmEvalRun(
            LmEvalTask.HELLASWAG, List.of(data), Optional.of(pool), 11, 1234, Optional.empty());
    assertThatThrownBy(run::prepare)
        .isInstanceOf(SuiteException.class)
        .hasMessage(
            pool + ": found 11 documents, expected at least 12 to choose 11 examples from.");
  }

  @Test
  void examples_need_a_file_and_truthfulqa_has_none() {
    Path data = GOLDEN.resolve("truthfulqa.jsonl");
    assertThatThrownBy(
            () ->
                new LmEvalRun(
                        LmEvalTask.TRUTHFULQA,
                        List.of(data),
                        Optional.of(data),
                        5,
                        1234,
                        Optional.empty())
                    .prepare())
        .hasMessage("--num-fewshot: found 5, expected 0, as lm-eval allows no more here.");
    assertThatThrownBy(
            () ->
                new LmEvalRun(
                        LmEvalTask.ARC,
                        List.of(GOLDEN.resolve("arc.jsonl")),
                        Optional.empty(),
                        5,
                        1234,
                        Optional.empty())
                    .prepare())
        .hasMessage(
            "--shots-file: found nothing, expected the file that examples are chosen from.");
  }

  @Test
  void subjects_are_tasks_of_their_own() throws IOException {
    Path mixed =
        write(
            "test.jsonl",
            "{\"question\":\"a\",\"subject\":\"sea\",\"choices\":[\"1\",\"2\",\"3\",\"4\"],\"answer\":0}\n"
                + "{\"question\":\"b\",\"subject\":\"sky\",\"choices\":[\"1\",\"2\",\"3\",\"4\"],\"answer\":0}");
    assertThatThrownBy(() -> asked(LmEvalTask.MMLU, mixed))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("found 2 subjects, expected one");
  }

  private static List<Prompted> prompts(String task, int shots) {
    return new LmEvalRun(
            LmEvalTask.of(task).orElseThrow(),
            List.of(GOLDEN.resolve(task + ".jsonl")),
            Optional.of(GOLDEN.resolve(task + "-shots.jsonl")),
            shots,
            1234,
            Optional.empty())
        .prepare()
        .prompts();
  }

  private static Prompted asked(LmEvalTask task, Path file) {
    return new LmEvalRun(task, List.of(file), Optional.empty(), 0, 1234, Optional.of(1))
        .prepare()
        .prompts()
        .get(0);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
