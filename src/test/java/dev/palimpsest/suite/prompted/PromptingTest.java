package dev.palimpsest.suite.prompted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.Json;
import dev.palimpsest.retrieval.Passage;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Conversation.Role;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.SuiteText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An item with something given before it asks the same and is graded the same. */
final class PromptingTest {
  private static final String HEAD =
      """
      {"format":"palimpsest-suite/1","id":"%s","version":"1.0.0","title":"t","capability":"c",
       "description":"d","language":"en","license":"l","source":"s","metric":"%s","defaultMargin":0.1}
      """;

  private static Item instruction(String checks, String more) {
    String line =
        """
        {"id":"fee-1","kind":"instruction","tier":"easy","topic":"fees",%s\
        "prompt":"What is the fee?","checks":[%s],"maxTokens":16}"""
            .formatted(more, checks);
    return new SuiteText(HEAD.formatted("fees", "pass_rate"), line + "\n")
        .read("fees")
        .items()
        .get(0);
  }

  private static Item choice() {
    String line =
        """
        {"id":"fee-1","kind":"choice","tier":"easy","topic":"fees","question":"What is the fee?",\
        "choices":["3 euros","5 euros"],"answer":0}""";
    return new SuiteText(HEAD.formatted("fees", "accuracy"), line + "\n")
        .read("fees")
        .items()
        .get(0);
  }

  @Test
  void examplesAndASystemPromptComeBeforeTheItemsOwn() {
    Item item =
        instruction(
            "{\"check\":\"contains_any\",\"words\":[\"3 euros\"]}",
            "\"system\":\"Be brief.\",\"turns\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hello\"}],");
    Conversation given =
        new Conversation(
            "You are a desk.",
            List.of(new Turn(Role.USER, "Open?"), new Turn(Role.ASSISTANT, "At nine.")));
    Item asked = Prompting.of("fees", given).item(item);

    assertThat(asked.id()).isEqualTo("fee-1");
    assertThat(asked.questions()).hasSize(1);
    assertThat(asked.questions().get(0).text()).isEqualTo("What is the fee?");
    assertThat(asked.questions().get(0).before().system())
        .isEqualTo("You are a desk.\n\nBe brief.");
    assertThat(asked.questions().get(0).before().turns())
        .extracting(Turn::content)
        .containsExactly("Open?", "At nine.", "Hi", "Hello");
    assertThat(asked.grade(new ModelAnswer.Text("It is 3 euros.", 5, true)).value()).isEqualTo(1);
  }

  @Test
  void passagesStandBeforeTheQuestionInItsMessage() {
    Prompting prompting =
        new Prompting(
            "fees",
            "",
            List.of(),
            List.of(
                new Passage("a 1", "Opens at nine."), new Passage("b 1", "The fee is 3 euros.")),
            Map.of("fee-1", List.of(1, 0)),
            Map.of());
    assertThat(prompting.item(choice()).questions().get(0).text())
        .isEqualTo(
            "Answer with the help of these passages.\n\n[1] The fee is 3 euros.\n\n"
                + "[2] Opens at nine.\n\nWhat is the fee?");
    assertThat(prompting.item(choice()).questions().get(1))
        .as("how likely the choices are without the question")
        .isEqualTo(choice().questions().get(1));
  }

  @Test
  void swappedPassagesGiveAnotherAnswerWhichIsThenTheRightOne() {
    Prompting plain =
        new Prompting(
            "fees",
            "",
            List.of(),
            List.of(new Passage("b 1", "The fee: 3 Euros, not 13 euros or 3 eurosets.")),
            Map.of("fee-1", List.of(0)),
            Map.of());
    Prompting swapped = plain.swapped(Map.of("fee-1", new Swap("3 euros", "5 euros")));
    assertThat(swapped.passages("fee-1").get(0).text())
        .isEqualTo("The fee: 5 euros, not 13 euros or 3 eurosets.");
    assertThat(swapped.asks("fee-2")).isFalse();

    Item free =
        instruction(
            "{\"check\":\"contains_any\",\"words\":[\"3 euros\",\"three euros\"]},"
                + "{\"check\":\"word_count\",\"atMost\":9}",
            "");
    ModelAnswer other = new ModelAnswer.Text("It is 5 euros.", 5, true);
    ModelAnswer known = new ModelAnswer.Text("It is three euros.", 5, true);
    assertThat(swapped.item(free).grade(other).value()).isEqualTo(1);
    assertThat(swapped.item(free).grade(known).value()).isZero();
    assertThat(plain.item(free).grade(other).value()).isZero();
  }

  @Test
  void aPlanCanHoldIt() throws Exception {
    Prompting prompting =
        new Prompting(
            "fees",
            "Be brief.",
            List.of(new Turn(Role.USER, "Open?"), new Turn(Role.ASSISTANT, "At nine.")),
            List.of(new Passage("b 1", "The fee is 3 euros.")),
            Map.of("fee-1", List.of(0)),
            Map.of("fee-1", new Swap("3 euros", "5 euros")));
    String json = Json.mapper().writeValueAsString(prompting);
    assertThat(Json.mapper().readValue(json, Prompting.class)).isEqualTo(prompting);
    assertThat(Json.mapper().writeValueAsString(Prompting.of("fees", Conversation.NONE)))
        .isEqualTo("{\"suite\":\"fees\"}");
  }
}
