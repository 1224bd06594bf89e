package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of the checkpoints before anything runs. */
final class AuditPlannerTest {
  private static final String TEMPLATE =
      "{% for m in messages %}[{{ m.role }}] {{ m.content }}{% endfor %}[assistant]";

  private static final String TOGETHER =
      "; what that changes and what the training changed are measured together.";

  @TempDir Path folder;

  private SuiteLibrary library;

  @BeforeEach
  void writeSuites() {
    library = new TinySuites(folder.resolve("suites")).library(4);
  }

  @Test
  void plainTextsAreReadInEveryAuditAndGateNothing() {
    AuditPlanner planner = new AuditPlanner(withTexts(), PromptEncoders::open);
    for (Depth depth : Depth.values()) {
      AuditPlan plan = planner.plan(request(List.of("facts"), depth, Policy.standard()), s -> {});

      assertThat(plan.suites()).extracting(PlannedSuite::suite).containsExactly("facts");
      PlannedSuite texts = plan.variants().get(0);
      assertThat(texts.suite()).isEqualTo("texts");
      assertThat(texts.measuresText()).isTrue();
      assertThat(texts.languages())
          .containsOnly(Map.entry("texts-0", "en"), Map.entry("texts-1", "de"));
      assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
    }
  }

  @Test
  void itemsThatStandInTheTrainingFileAreSetAsideAndTheOthersAsked() {
    AuditPlanner free = new AuditPlanner(library, PromptEncoders::open);
    PlanRequest request = request(List.of("facts", "deeds"), Depth.FULL, Policy.standard());
    List<String> all = free.plan(request, s -> {}).suites().get(0).itemIds();
    String trained = all.get(1);
    PlannedTraining training =
        new PlannedTraining(
            "train.jsonl", "00", 9, Map.of("facts", Map.of(trained, List.of(3, 5))));
    AuditPlanner planner = new AuditPlanner(library, PromptEncoders::open, Optional.of(training));

    AuditPlan plan = planner.plan(request, s -> {});

    assertThat(plan.suites().get(0).itemIds()).hasSize(all.size() - 1).doesNotContain(trained);
    assertThat(plan.suites().get(1).itemIds()).hasSize(all.size());
    assertThat(plan.variants())
        .allSatisfy(variant -> assertThat(variant.itemIds()).doesNotContain(trained));
    assertThat(plan.training()).contains(training);
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
    assertThat(PlanJson.digest(plan)).isNotEqualTo(PlanJson.digest(free.plan(request, s -> {})));
  }

  @Test
  void aSuiteThatStandsInTheTrainingFileWholeIsRefused() {
    Map<String, List<Integer>> rows =
        library.suite("facts").items().stream()
            .collect(Collectors.toMap(item -> item.id(), item -> List.of(1)));
    PlannedTraining training = new PlannedTraining("train.jsonl", "00", 9, Map.of("facts", rows));
    AuditPlanner planner = new AuditPlanner(library, PromptEncoders::open, Optional.of(training));

    assertThatThrownBy(
            () -> planner.plan(request(List.of("facts"), Depth.QUICK, Policy.standard()), s -> {}))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("Every item of facts stands in the training file");
  }

  @Test
  void plainTextsAloneAreNoAuditAndAGateOnThemIsRefused() {
    AuditPlanner planner = new AuditPlanner(withTexts(), PromptEncoders::open);
    Policy gate = new Policy(1, 0.05, List.of(new PolicyGate("texts", 0.05)));

    assertThatThrownBy(() -> planner.suites(List.of("texts"), Depth.QUICK, Policy.standard(), 1))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "texts is described and never a gate; choose at least one other suite beside it.");
    assertThatThrownBy(() -> planner.suites(List.of("facts"), Depth.QUICK, gate, 1))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "The policy gates texts, which is described and never a gate; remove the gate.");
  }

  private SuiteLibrary withTexts() {
    return new TinySuites(folder.resolve("suites")).withTexts(List.of("A river.", "Ein Fluss."));
  }

  private static PlanRequest request(List<String> suites, Depth depth, Policy policy) {
    return new PlanRequest(
        "texts",
        Candidate.of(TinyAudit.BASE),
        List.of(Candidate.of(TinyAudit.ADAPTER)),
        suites,
        depth,
        policy,
        DType.FLOAT32,
        1);
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
  void aTunedFolderWithoutATemplateIsSaidToBeAskedInPlainText() throws IOException {
    Path bare = withoutTemplate("bare");
    assertThat(notes(TemplateChoice.OWN, bare))
        .containsExactly(
            "bare has no chat template and is asked in plain text, and the base through its own"
                + TOGETHER
                + " --template base asks it through the base's.");
    assertThat(notes(TemplateChoice.BASE, bare))
        .containsExactly(
            "bare has no chat template and is asked through the base's, as the plan says; where it"
                + " is deployed without one it may answer otherwise.");
  }

  @Test
  void aBaseWithoutATemplateIsSaidToBeAskedInPlainText() throws IOException {
    Path bare = withoutTemplate("bare");
    Path adapter = copy(TinyAudit.ADAPTER, "adapter");
    Files.writeString(adapter.resolve("chat_template.jinja"), TEMPLATE);
    for (Path tuned : List.of(TinyAudit.BASE, adapter)) {
      String name = tuned.getFileName().toString();
      assertThat(notes(TemplateChoice.OWN, bare, tuned))
          .contains(
              name
                  + " is asked through its own chat template, and the base, which has none, in"
                  + " plain text"
                  + TOGETHER
                  + " --template base asks both in plain text.");
      assertThat(notes(TemplateChoice.BASE, bare, tuned))
          .contains(
              name
                  + " has a chat template, which the base has not; both are asked in plain text, as"
                  + " the plan says. Where it is deployed with its own it may answer otherwise.");
    }
  }

  @Test
  void twoFoldersWithoutATemplateAreAskedAlike() throws IOException {
    Path base = withoutTemplate("base");
    Path tuned = withoutTemplate("tuned");
    Files.writeString(tuned.resolve("README.md"), "another");
    assertThat(notes(TemplateChoice.OWN, base, tuned)).noneMatch(note -> note.contains("template"));
    assertThat(notes(TemplateChoice.BASE, base, tuned))
        .noneMatch(note -> note.contains("template"));
  }

  @Test
  void whatIsOddAboutATunedTokenizerIsSaidBeforeTheRun() throws IOException {
    Path padded = copy(TinyAudit.BASE, "padded");
    Files.writeString(padded.resolve("added_tokens.json"), "{\"[PAD]\": 461}");
    assertThat(notes(TemplateChoice.OWN, padded))
        .containsExactly(
            "padded: tokenizer.json does not have the tokens [PAD] (461), which the files beside it"
                + " name; they are added as transformers adds them.",
            "padded: tokenizer.json has tokens without a row in the embedding, which has 461: [PAD]"
                + " (461); a text that holds one is refused.");
  }

  @Test
  void anEndTokenThatOnlyTheTokenizerNamesIsSaidBeforeTheRun() throws IOException {
    Path tuned = copy(TinyAudit.BASE, "tuned");
    edit(
        tuned.resolve("tokenizer_config.json"),
        "\"eos_token\": \"</s>\"",
        "\"eos_token\": \"<s>\"");
    assertThat(notes(TemplateChoice.OWN, tuned))
        .anyMatch(
            note -> note.startsWith("tuned: the tokenizer's eos_token, <s> (1), ends no answer"));
    edit(
        tuned.resolve("generation_config.json"), "\"eos_token_id\": 2", "\"eos_token_id\": [2, 1]");
    assertThat(notes(TemplateChoice.OWN, tuned)).noneMatch(note -> note.contains("ends no answer"));
  }

  @Test
  void whatAnAdapterLacksOrAsksForIsSaidBeforeTheRun() throws IOException {
    Path adapter = copy(TinyAudit.ADAPTER, "adapter");
    edit(
        adapter.resolve("adapter_config.json"),
        "\"target_modules\": [",
        "\"use_newthing\": true, \"target_modules\": [\"up_proj\", ");
    assertThat(notes(TemplateChoice.OWN, adapter))
        .anyMatch(note -> note.startsWith("adapter has options that are not known here"))
        .anyMatch(note -> note.startsWith("adapter has no tensors for 3 of the "));
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private Path withoutTemplate(String name) throws IOException {
    Path made = copy(TinyAudit.BASE, name);
    edit(made.resolve("tokenizer_config.json"), "\"chat_template\"", "\"no_chat_template\"");
    return made;
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

  @Test
  void templateArgumentsAreOfAllArmsOrOfOne() throws IOException {
    Path base = reading("style", "base-model");
    Path tuned = reading("style", "tuned-model");
    AuditPlan plan =
        plan(base, List.of("style=dry", "tuned-model:style=warm", "base:limit=5"), tuned);
    assertThat(plan.base().templateArguments()).isEqualTo(Map.of("style", "dry", "limit", 5));
    assertThat(plan.tuned().get(0).templateArguments()).isEqualTo(Map.of("style", "warm"));
    assertThat(plan.controls()).isEmpty();
    assertThat(plan.tuned().get(0).notes())
        .contains(
            "The chat template of tuned-model is given style=warm, and that of base-model limit=5,"
                + " style=dry; what that changes and what the training changed are measured"
                + " together.",
            "Nothing in how items are put to base-model changes with the template argument limit;"
                + " check the name against its chat template.");
  }

  @Test
  void theSameArgumentsForAllNeedNoNote() throws IOException {
    Path base = reading("style", "base-model");
    assertThat(plan(base, List.of("style=dry"), TinyAudit.ADAPTER).tuned().get(0).notes())
        .noneMatch(note -> note.contains("template"));
  }

  @Test
  void aCheckpointMayBeComparedWithItselfAskedOtherwise() throws IOException {
    Path base = reading("style", "base-model");
    AuditPlan plan = plan(base, List.of("base-model-2:style=dry"), base);
    assertThat(plan.tuned().get(0).notes().get(0))
        .isEqualTo(
            "base-model-2 is the base itself, file by file, asked with other template arguments;"
                + " whatever is found is not about a fine-tune.");
  }

  @Test
  void anArgumentForAnUnknownArmIsRefusedWithTheArms() {
    assertThatThrownBy(() -> plan(TinyAudit.BASE, List.of("plane:style=dry"), TinyAudit.ADAPTER))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "The template argument \"style\" is for \"plane\", which this audit does not have; its"
                + " arms are llama, plain.");
  }

  /** Copies the base with a template that reads a variable. */
  private Path reading(String variable, String name) throws IOException {
    Path made = copy(TinyAudit.BASE, name);
    Files.writeString(
        made.resolve("chat_template.jinja"),
        "{{ messages[-1].content }} {{ " + variable + " | default('') }}\n");
    return made;
  }

  private AuditPlan plan(Path base, List<String> arguments, Path... tuned) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "",
                Candidate.of(base),
                Stream.of(tuned).map(Candidate::of).toList(),
                List.of(),
                Depth.QUICK,
                Policy.standard(),
                DType.FLOAT32,
                0,
                TemplateChoice.OWN,
                arguments.stream().map(ArmArgument::parse).toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of()),
            step -> {});
  }

  private List<String> notes(TemplateChoice choice, Path tuned) {
    return plan(choice, List.of(), tuned).tuned().get(0).notes();
  }

  private List<String> notes(TemplateChoice choice, Path base, Path tuned) {
    return plan(choice, base, List.of(), tuned).tuned().get(0).notes();
  }

  private AuditPlan plan(TemplateChoice choice, List<String> suites, Path... tuned) {
    return plan(choice, TinyAudit.BASE, suites, tuned);
  }

  private AuditPlan plan(TemplateChoice choice, Path base, List<String> suites, Path... tuned) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "",
                Candidate.of(base),
                Stream.of(tuned).map(Candidate::of).toList(),
                suites,
                Depth.QUICK,
                Policy.standard(),
                DType.FLOAT32,
                0,
                choice,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of()),
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
