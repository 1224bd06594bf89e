package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of the checkpoints before anything runs. */
final class AuditPlannerTest {
  private static final String TEMPLATE =
      "{% for m in messages %}[{{ m.role }}] {{ m.content }}{% endfor %}[assistant]";

  @TempDir Path folder;

  private SuiteLibrary library;

  @BeforeEach
  void writeSuites() {
    library = new TinySuites(folder.resolve("suites")).library(4);
  }

  @Test
  void anAdapterWithoutATemplateOfItsOwnIsAskedAsTheBase() {
    assertThat(notes(TemplateChoice.OWN, TinyAudit.ADAPTER)).isEmpty();
  }

  @Test
  void anAdaptersOwnTemplateIsSaidBeforeTheRun() throws IOException {
    Path own = copy(TinyAudit.ADAPTER, "own");
    Files.writeString(own.resolve("chat_template.jinja"), TEMPLATE);
    assertThat(notes(TemplateChoice.OWN, own))
        .containsExactly(
            "own is asked through its own chat template, which puts every item otherwise than the"
                + " base's; what the template changes and what the training changed are measured"
                + " together.");
    assertThat(notes(TemplateChoice.BASE, own))
        .containsExactly(
            "own has a chat template of its own but is asked through the base's, as the plan says;"
                + " where it is deployed with its own it may answer otherwise.");
  }

  @Test
  void aTunedFoldersOwnTemplateIsSaidBeforeTheRun() throws IOException {
    Path own = copy(TinyAudit.BASE, "own");
    Files.writeString(own.resolve("chat_template.jinja"), TEMPLATE);
    assertThat(notes(TemplateChoice.OWN, own))
        .singleElement()
        .asString()
        .startsWith("own is asked");
  }

  @Test
  void aPenaltyThatTheBaseHasNotIsSaidBeforeTheRun() throws IOException {
    Path own = copy(TinyAudit.BASE, "own");
    Files.writeString(
        own.resolve("generation_config.json"),
        "{\"eos_token_id\": 2, \"repetition_penalty\": 1.1}");
    assertThat(notes(TemplateChoice.OWN, own))
        .containsExactly(
            "own asks for a repetition penalty of 1.1 in its generation_config.json, and llama for"
                + " 1.0; what that changes in their answers and what the training changed are"
                + " measured together.");
  }

  @Test
  void filesThatDifferButAskTheSameAreNotSpokenOf() throws IOException {
    Path same = copy(TinyAudit.ADAPTER, "same");
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.writeString(same.resolve(file), Files.readString(TinyAudit.BASE.resolve(file)) + "\n");
    }
    assertThat(notes(TemplateChoice.OWN, same)).isEmpty();
  }

  @Test
  void theBaseItselfIsSaidToBeNoFineTune() throws IOException {
    Path twin = copy(TinyAudit.BASE, "twin");
    assertThat(notes(TemplateChoice.OWN, twin))
        .containsExactly(
            "twin is the base itself, file by file, so its outcomes are the base's; whatever is"
                + " found is not about a fine-tune.");
  }

  @Test
  void oneCheckpointIsNotAuditedTwice() throws IOException {
    Path twin = copy(TinyAudit.ADAPTER, "twin");
    assertThatThrownBy(() -> plan(TemplateChoice.OWN, List.of(), TinyAudit.ADAPTER, twin))
        .isInstanceOf(PlanException.class)
        .hasMessage("plain and twin are the same, file by file; give one of them.");
  }

  @Test
  void anAdapterForAnotherBaseIsRefused() {
    Path other = TinyAudit.ADAPTER.resolveSibling("shape_mismatch");
    assertThatThrownBy(() -> plan(TemplateChoice.OWN, List.of(), other))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("choose the base it was trained on");
  }

  @Test
  void anUnknownSuiteIsRefusedWithTheClosestName() {
    assertThatThrownBy(() -> plan(TemplateChoice.OWN, List.of("fact"), TinyAudit.ADAPTER))
        .isInstanceOf(SuiteException.class)
        .hasMessage(
            "There is no suite \"fact\"; did you mean facts? There are: deeds, facts, values.");
  }

  private List<String> notes(TemplateChoice choice, Path tuned) {
    return plan(choice, List.of(), tuned).tuned().get(0).notes();
  }

  private AuditPlan plan(TemplateChoice choice, List<String> suites, Path... tuned) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "",
                Candidate.of(TinyAudit.BASE),
                Stream.of(tuned).map(Candidate::of).toList(),
                suites,
                Depth.QUICK,
                Policy.standard(),
                DType.FLOAT32,
                0,
                choice),
            step -> {});
  }

  private Path copy(Path source, String name) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
