package dev.palimpsest.suite.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lm-eval's samples. */
final class LmEvalImportTest {
  private static final String LIKELIHOODS =
      "\"filtered_resps\":[[\"-1.5\",\"False\"],[\"-0.5\",\"True\"]],\"filter\":\"none\",\"metrics\":[\"acc\"]";

  @TempDir private Path folder;

  @Test
  void a_document_in_the_shape_of_a_benchmark_is_read_as_that_benchmark() throws IOException {
    ChoiceItem item =
        only(
            "samples_arc_challenge_2026-11-30T20-00-00.000000.jsonl",
            "{\"doc_id\":0,\"doc\":{\"id\":\"own-1\",\"question\":\"What is wet?\",\"choices\":{\"text\":[\"fire\",\"water\"],\"label\":[\"A\",\"B\"]},\"answerKey\":\"B\"},\"target\":\"1\","
                + arguments("Question: What is wet?\\nAnswer:", " fire", " water")
                + LIKELIHOODS
                + ",\"acc\":1.0}");
    assertThat(item.id()).isEqualTo("own-1");
    assertThat(item.question()).isEqualTo("What is wet?");
    assertThat(item.choices()).containsExactly("fire", "water");
    assertThat(item.answer()).isEqualTo(1);
    assertThat(item.tier().label()).isEqualTo("hard");
  }

  @Test
  void another_document_is_asked_as_lm_eval_asked_it() throws IOException {
    ChoiceItem item =
        only(
            "samples_boolq_2026-11-30T20-00-00.000000.jsonl",
            "{\"doc_id\":4,\"doc\":{\"passage\":\"Ice floats.\",\"label\":0},\"target\":\"0\","
                + arguments("Ice floats.\\nQuestion: does ice float?\\nAnswer:", " yes", " no")
                + LIKELIHOODS
                + ",\"acc\":0.0}");
    assertThat(item.id()).isEqualTo("boolq-4");
    assertThat(item.topic()).isEqualTo("boolq");
    assertThat(item.question()).isEqualTo("Ice floats.\nQuestion: does ice float?\nAnswer:");
    assertThat(item.choices()).containsExactly("yes", "no");
    assertThat(item.answer()).isZero();
  }

  @Test
  void choices_in_the_text_are_cut_out_at_a_word_and_acc_tells_the_right_one() throws IOException {
    ChoiceItem item =
        only(
            "samples_own.jsonl",
            "{\"doc_id\":0,\"doc\":{},\"target\":\"fell.\",\"arguments\":{\"gen_args_0\":{\"arg_0\":\"The cup or the cap\",\"arg_1\":\" fell.\"},\"gen_args_1\":{\"arg_0\":\"The cup or the cat\",\"arg_1\":\" fell.\"}},"
                + LIKELIHOODS
                + ",\"acc\":0.0}");
    assertThat(item.question()).isEqualTo("The cup or the");
    assertThat(item.choices()).containsExactly("cap fell.", "cat fell.");
    assertThat(item.answer()).isZero();
  }

  @Test
  void a_document_under_several_filters_is_one_item_and_odd_ones_are_left_out() throws IOException {
    String line =
        "{\"doc_id\":%d,\"doc\":{},\"target\":\"%s\","
            + arguments("Which?", " this", " that")
            + LIKELIHOODS
            + "}";
    Imported imported =
        imported(
            "samples_own.jsonl",
            line.formatted(0, "that")
                + "\n"
                + line.formatted(0, "that").replace("\"none\"", "\"other\"")
                + "\n"
                + line.formatted(1, "nothing"));
    assertThat(imported.suite().items()).hasSize(1);
    assertThat(imported.leftOut())
        .singleElement()
        .asString()
        .endsWith("line 3: the target is none of the choices");
  }

  @Test
  void written_answers_are_refused_with_the_line() {
    assertThatThrownBy(
            () ->
                imported(
                    "samples_gsm8k.jsonl",
                    "{\"doc_id\":0,\"doc\":{},\"target\":\"7\",\"arguments\":{\"gen_args_0\":{\"arg_0\":\"Q\",\"arg_1\":{\"until\":[]}}},\"filtered_resps\":[\"7\"]}"))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("samples_gsm8k.jsonl, line 1, field arguments: found an answer that");
  }

  private static String arguments(String context, String first, String second) {
    return "\"arguments\":{\"gen_args_0\":{\"arg_0\":\"%s\",\"arg_1\":\"%s\"},\"gen_args_1\":{\"arg_0\":\"%s\",\"arg_1\":\"%s\"}},"
        .formatted(context, first, context, second);
  }

  private ChoiceItem only(String name, String content) throws IOException {
    Imported imported = imported(name, content);
    assertThat(imported.leftOut()).isEmpty();
    return (ChoiceItem) imported.suite().items().get(0);
  }

  private Imported imported(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return new SuiteImport(ImportKind.LM_EVAL, List.of(file), List.of(), "own")
        .into(folder.resolve("own"));
  }
}
