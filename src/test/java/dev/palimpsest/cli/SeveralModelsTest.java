package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base and adapters over it, asked in one run. */
@Tag("slow")
final class SeveralModelsTest {
  private static final Path LLAMA = RequestsRun.LLAMA;
  private static final String PLAIN = "lora_plain";
  private static final String DORA = "lora_dora";
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String SCORE =
      "{\"id\":%s,\"context_ids\":[1,17,200],\"continuation_ids\":[33,90]}";

  @TempDir private Path folder;
  private RequestsRun commands;

  @BeforeEach
  void open() {
    commands = RequestsRun.onLlama(folder);
  }

  @Test
  void everyRequestIsPutToTheBaseAndToEveryAdapter() throws IOException {
    List<String> requests = List.of(SCORE.formatted("1"), SCORE.formatted("2"));
    List<JsonNode> answers =
        run(
            "score",
            requests,
            "--base-too",
            "--adapter",
            adapter(PLAIN),
            "--adapter",
            adapter(DORA));
    assertThat(answers)
        .extracting(answer -> answer.get("id").intValue() + " " + answer.get("adapter").textValue())
        .containsExactly("1 base", "1 " + PLAIN, "1 " + DORA, "2 base", "2 " + PLAIN, "2 " + DORA);
    assertThat(answers.get(1).fieldNames())
        .toIterable()
        .containsExactly("id", "adapter", "logprob", "is_greedy", "tokens");
    assertThat(logProb(answers.get(0))).isEqualTo(alone(), within(1e-4));
    assertThat(logProb(answers.get(1))).isEqualTo(alone("--adapter", adapter(PLAIN)), within(1e-4));
    assertThat(logProb(answers.get(2))).isEqualTo(alone("--adapter", adapter(DORA)), within(1e-4));
  }

  @Test
  void withOneAdapterAnswersAreThoseOfACheckpoint() throws IOException {
    JsonNode answer =
        run("score", List.of(SCORE.formatted("1")), "--adapter", adapter(PLAIN)).get(0);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("id", "logprob", "is_greedy", "tokens");
  }

  @Test
  void aRequestMayNameTheOneModelItIsFor() throws IOException {
    List<String> requests =
        List.of(named(1, DORA), named(2, "base"), SCORE.formatted("3"), named(4, PLAIN));
    List<JsonNode> answers =
        run("score", requests, "--adapter", adapter(PLAIN), "--adapter", adapter(DORA));
    assertThat(answers)
        .extracting(answer -> answer.get("id").intValue() + " " + answer.get("adapter").textValue())
        .containsExactly("1 " + DORA, "2 base", "3 " + PLAIN, "3 " + DORA, "4 " + PLAIN);
    assertThat(logProb(answers.get(1))).isEqualTo(alone(), within(1e-4));
    assertThat(execute("score", List.of(named(1, "other")), "--adapter", adapter(PLAIN)))
        .isEqualTo(ExitCode.USAGE);
    assertThat(commands.err())
        .contains("line 1: field \"adapter\" names no model; use lora_plain, base.");
  }

  @Test
  void aListOfScalesAsksEachAdapterAtEach() throws IOException {
    String[] options = {"--adapter", adapter(PLAIN), "--adapter-scale", "0,0.5,1,2"};
    List<JsonNode> answers = run("score", List.of(SCORE.formatted("1")), options);
    assertThat(answers)
        .extracting(answer -> answer.get("adapter").textValue())
        .containsExactly("lora_plain@0", "lora_plain@0.5", "lora_plain", "lora_plain@2");
    assertThat(logProb(answers.get(0))).isEqualTo(alone(), within(1e-4));
    assertThat(logProb(answers.get(1)))
        .isEqualTo(alone("--adapter", adapter(PLAIN), "--adapter-scale", "0.5"), within(1e-4));
    assertThat(answers.stream().map(SeveralModelsTest::logProb)).doesNotHaveDuplicates();
  }

  @Test
  void generateAndLogitsAnswerForEachModelToo() throws IOException {
    String[] options = {"--base-too", "--adapter", adapter(PLAIN)};
    assertThat(run("logits", List.of("{\"id\":1,\"ids\":[1,17,200]}"), options))
        .extracting(answer -> answer.get("adapter").textValue())
        .containsExactly("base", PLAIN);
    List<JsonNode> generated =
        run("generate", List.of("{\"id\":1,\"prompt_ids\":[1,17,200]}"), options);
    assertThat(generated)
        .extracting(answer -> answer.get("adapter").textValue())
        .containsExactly("base", PLAIN);
    assertThat(generated.get(0).get("ids")).isNotEqualTo(generated.get(1).get("ids"));
  }

  @Test
  void twoAdaptersOfOneNameAreCalledByTheFoldersAboveThem() throws IOException {
    Path twin = Files.createDirectories(folder.resolve("run_b").resolve(PLAIN));
    Files.copy(path(DORA).resolve(CONFIG), twin.resolve(CONFIG));
    Files.copy(path(DORA).resolve(WEIGHTS), twin.resolve(WEIGHTS));
    String[] options = {"--adapter", adapter(PLAIN), "--adapter", twin.toString()};
    String above = path(PLAIN).getParent().getFileName().toString();
    assertThat(run("score", List.of(SCORE.formatted("1")), options))
        .extracting(answer -> answer.get("adapter").textValue())
        .containsExactly(above + "/" + PLAIN, "run_b/" + PLAIN);
  }

  @Test
  void oneAdapterGivenTwiceIsRefusedInOneSentence() throws IOException {
    String[] options = {"--adapter", adapter(PLAIN), "--adapter", adapter(PLAIN)};
    assertThat(execute("score", List.of(SCORE.formatted("1")), options)).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err())
        .contains(
            "Two models are called \"lora_plain\"; give each adapter once, and rename one that is"
                + " called so.");
  }

  @Test
  void anAdapterThatChangesNothingIsNamedBeforeTheRun() throws IOException {
    Path dead = Files.createDirectory(folder.resolve("dead"));
    Files.copy(path(PLAIN).resolve(CONFIG), dead.resolve(CONFIG));
    byte[] weights = Files.readAllBytes(path(PLAIN).resolve(WEIGHTS));
    int header = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getInt();
    Arrays.fill(weights, 8 + header, weights.length, (byte) 0);
    Files.write(dead.resolve(WEIGHTS), weights);
    run("score", List.of(SCORE.formatted("1")), "--adapter", dead.toString());
    assertThat(commands.err()).contains("dead changes nothing: its B matrices are all zero");
  }

  private double alone(String... options) throws IOException {
    return logProb(run("score", List.of(SCORE.formatted("1")), options).get(0));
  }

  private static double logProb(JsonNode answer) {
    return answer.get("logprob").doubleValue();
  }

  private static String named(int id, String model) {
    return SCORE.formatted(id).replace("}", ",\"adapter\":\"%s\"}".formatted(model));
  }

  private static Path path(String name) {
    return LLAMA.resolve("adapters").resolve(name);
  }

  private static String adapter(String name) {
    return path(name).toString();
  }

  private List<JsonNode> run(String command, List<String> requests, String... more)
      throws IOException {
    return commands.run(command, requests, more);
  }

  private int execute(String command, List<String> requests, String... more) throws IOException {
    return commands.execute(command, requests, more);
  }
}
