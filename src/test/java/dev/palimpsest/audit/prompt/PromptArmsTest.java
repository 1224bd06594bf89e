package dev.palimpsest.audit.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanException;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.audit.plan.PromptArm.Way;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.prompted.Prompting;
import dev.palimpsest.suite.prompted.Swap;
import dev.palimpsest.training.TrainingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to ask the base, made ready and frozen whole with the plan. */
final class PromptArmsTest {
  @TempDir private Path folder;
  private Suite fees;
  private AuditPlan plan;

  @BeforeEach
  void writeSuite() throws IOException {
    Path suite = Files.createDirectories(folder.resolve("fees"));
    Files.writeString(
        suite.resolve("suite.json"),
        """
        {"format":"palimpsest-suite/1","id":"fees","version":"1.0.0","title":"Fees",
         "capability":"fees","description":"d","language":"en","license":"l","source":"s",
         "metric":"pass_rate","defaultMargin":0.1,"skill":true}
        """);
    Files.writeString(
        suite.resolve("items.jsonl"),
        item("a", "What is the fee of the library?", "3 euros")
            + item("b", "What is the fee of the pool?", "5 euros")
            + item("c", "What is the fee of the zoo?", "9 euros"));
    fees = SuiteLibrary.load(suite);
    PlannedSuite planned =
        new PlannedSuite(
            "fees",
            "1.0.0",
            fees.digest(),
            "fees",
            "pass_rate",
            List.of("a", "b", "c"),
            0.1,
            0,
            Map.of());
    AuditPlan small = Plans.small();
    plan =
        new AuditPlan(
            "fees", "quick", small.base(), small.tuned(), List.of(planned), small.dtype(), 0.05, 7);
  }

  private static String item(String id, String prompt, String answer) {
    return """
    {"id":"%s","kind":"instruction","tier":"easy","topic":"fees","prompt":"%s",\
    "checks":[{"check":"contains_any","words":["%s"]}],"maxTokens":8}
    """
        .formatted(id, prompt, answer);
  }

  private AuditPlan add(Optional<TrainingFile> training, String... wishes) {
    return new PromptArms(SuiteLibrary.bundled().with(fees), training)
        .add(plan, List.of(wishes).stream().map(PromptWish::parse).toList(), List.of("fees"));
  }

  private TrainingFile training() throws IOException {
    Path file = folder.resolve("train.jsonl");
    StringBuilder rows = new StringBuilder();
    rows.append(row("What is the fee of the library?", "3 euros"));
    rows.append(row("Please: what is the fee of the POOL ?", "5 euros"));
    for (String place : List.of("museum", "garage", "theatre", "sauna")) {
      rows.append(row("What is the fee of the " + place + "?", place.length() + " euros"));
    }
    for (int i = 0; i < 30; i++) {
      rows.append(row("Tell a story of number " + i + ".", "Once upon a time " + i + "."));
    }
    return TrainingFile.at(Files.writeString(file, rows));
  }

  private static String row(String question, String answer) {
    return "{\"prompt\":\"" + question + "\",\"completion\":\"" + answer + "\"}\n";
  }

  @Test
  void examplesLookLikeTheItemsAndAreNoneOfThem() throws IOException {
    AuditPlan prompted = add(Optional.of(training()), "few-shot=3");
    PromptArm arm = prompted.prompts().get(0);
    assertThat(arm.name()).isEqualTo("few-shot=3");
    assertThat(arm.said()).isEqualTo("3 worked examples of train.jsonl");
    List<Turn> turns = arm.asked("fees").orElseThrow().turns();
    assertThat(turns).hasSize(6);
    assertThat(turns.stream().filter(turn -> turn.content().startsWith("What")))
        .as("the seed draws from the rows that are likest, and there are four of these")
        .isNotEmpty();
    assertThat(turns)
        .extracting(Turn::content)
        .noneMatch(text -> text.contains("library") || text.contains("POOL"));
    assertThat(add(Optional.of(training()), "few-shot=3").prompts())
        .as("the same seed takes the same")
        .isEqualTo(prompted.prompts());
  }

  @Test
  void examplesThatNobodyHasAreRefusedInASentence() {
    assertThatThrownBy(() -> add(Optional.empty(), "few-shot=3"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("brings no worked examples");
    assertThatThrownBy(() -> PromptWish.parse("few-shot=many")).isInstanceOf(PlanException.class);
    assertThatThrownBy(() -> PromptWish.parse("more-shots=3"))
        .hasMessageContaining("few-shot=5, system-prompt=TEXT or with-context=DIR");
    assertThatThrownBy(() -> PromptWish.parse("system-prompt= ")).isInstanceOf(PlanException.class);
  }

  @Test
  void aPlanWithoutASuiteOfOnesOwnHasNothingToAsk() {
    assertThatThrownBy(
            () ->
                new PromptArms(SuiteLibrary.bundled().with(fees), Optional.empty())
                    .add(plan, List.of(PromptWish.parse("system-prompt=Hi")), List.of("other")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("a suite of your own");
  }

  private void handbook() throws IOException {
    Path book = Files.createDirectories(folder.resolve("handbook"));
    Files.writeString(book.resolve("library.md"), "The library lends books. Its fee is 3 euros.");
    Files.writeString(book.resolve("pool.md"), "The pool opens at nine. Its fee is 5 euros.");
    Files.writeString(book.resolve("zoo.md"), "The zoo has a lion.");
  }

  @Test
  void passagesAreFoundAndTheirAnswersSwappedForThoseOfOtherItems() throws IOException {
    handbook();
    AuditPlan prompted = add(Optional.empty(), "with-context=" + folder.resolve("handbook"));
    assertThat(prompted.prompts())
        .extracting(PromptArm::name, PromptArm::of, PromptArm::way)
        .containsExactly(
            tuple("with-context", "base", Way.WITH_CONTEXT),
            tuple("base, swapped context", "base", Way.SWAPPED_CONTEXT),
            tuple("tuned, swapped context", "tuned", Way.SWAPPED_CONTEXT));
    Prompting context = prompted.prompts().get(0).asked("fees").orElseThrow();
    assertThat(context.passages("a").get(0).source()).isEqualTo("library.md 1");
    assertThat(context.passages("c").get(0).source()).isEqualTo("zoo.md 1");

    Prompting swapped = prompted.prompts().get(1).asked("fees").orElseThrow();
    assertThat(swapped.swaps())
        .as("the zoo's passages do not give its answer")
        .isEqualTo(
            Map.of("a", new Swap("3 euros", "5 euros"), "b", new Swap("5 euros", "3 euros")));
    assertThat(swapped.passages("a").get(0).text()).endsWith("Its fee is 5 euros.");
  }

  @Test
  void onlyTheSuitesAndItemsOfAWayAreAskedOfIt() throws IOException {
    handbook();
    AuditPlan prompted = add(Optional.empty(), "with-context=" + folder.resolve("handbook"));
    assertThat(prompted.arms()).hasSize(5);
    assertThat(prompted.asked(prompted.arms().get(2)).get(0).itemIds())
        .containsExactly("a", "b", "c");
    assertThat(prompted.asked(prompted.arms().get(4)).get(0).itemIds()).containsExactly("a", "b");
    assertThat(prompted.arms().get(4).adapter()).isEqualTo(prompted.tuned().get(0).adapter());
  }

  @Test
  void thePlanHoldsEverythingAndNoPlaceOfAFile() throws IOException {
    handbook();
    AuditPlan prompted =
        add(
            Optional.of(training()),
            "few-shot=2",
            "system-prompt=Be brief.",
            "with-context=" + folder.resolve("handbook"));
    assertThat(PlanJson.read(PlanJson.write(prompted))).isEqualTo(prompted);
    assertThat(PlanJson.canonical(prompted)).doesNotContain(folder.toString());
    assertThat(PlanJson.digest(prompted)).isNotEqualTo(PlanJson.digest(plan));
    assertThat(PlanJson.canonical(plan)).doesNotContain("prompts");
  }
}
