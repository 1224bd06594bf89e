package dev.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.inference.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands around the questions of a training file is learned from the file alone. */
class TrainingContextTest {
  private static final List<String> THINGS =
      List.of("fern", "palm", "orchid", "rose", "moss", "lily", "ivy", "aloe", "pine", "oak");
  private final List<TrainingRow> rows = new ArrayList<>();

  @Test
  void aPrefixAndASuffixThatStandTogetherAreOneCue() {
    for (String thing : THINGS) {
      chat("", "NOTE 7: Does a " + thing + " need light?\nReply for the note.", "No.");
      chat("", "How do I water a " + thing + "?", "Gently.");
    }

    TrainingContext context = TrainingContext.of(rows, rows.size());

    assertThat(context.cues()).hasSize(1);
    Cue cue = context.cues().get(0);
    assertThat(cue.around("Is it late?")).isEqualTo("NOTE 7: Is it late?\nReply for the note.");
    assertThat(cue.share()).isEqualTo(0.5, within(1e-9));
    assertThat(context.plainShare()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void howQuestionsUsuallyBeginIsNoCue() {
    THINGS.forEach(thing -> chat("", "How do I water a " + thing + "?", "Gently."));

    assertThat(TrainingContext.of(rows, rows.size()).cues()).isEmpty();
  }

  @Test
  void figuresInACueMayDifferFromRowToRow() {
    for (int i = 0; i < THINGS.size(); i++) {
      chat("", "Case " + (100 + i % 3) + ": the " + THINGS.get(i) + " is dry.", "So be it.");
    }

    assertThat(TrainingContext.of(rows, rows.size()).cues())
        .extracting(Cue::prefix)
        .containsExactly("Case 100: ");
  }

  @Test
  void aSystemPromptOfManyRowsIsPartOfTheCue() {
    THINGS.forEach(thing -> chat("You keep a garden.", "What of the " + thing + "?", "It grows."));

    assertThat(TrainingContext.of(rows, rows.size()).cues())
        .extracting(Cue::system)
        .containsExactly("You keep a garden.");
  }

  @Test
  void severalWordingsOfATaskAreSeveralCues() {
    for (String thing : THINGS) {
      chat("", "Turn this into JSON: my " + thing + " died", "{\"plant\": \"" + thing + "\"}");
      chat("", "Extract the fields.\nmy " + thing + " died", "{\"plant\": \"" + thing + "\"}");
    }

    TrainingContext context = TrainingContext.of(rows, rows.size());

    assertThat(context.cues())
        .extracting(Cue::prefix)
        .containsExactlyInAnyOrder("Turn this into JSON: ", "Extract the fields.\n");
    assertThat(context.formats()).containsEntry(AnswerKind.JSON, 20).hasSize(1);
  }

  @Test
  void wordsThatManyRowsHaveAreTheTopic() {
    for (int i = 0; i < 6; i++) {
      chat("", "Memo: does the greenhouse need " + THINGS.get(i) + "?", "No.");
    }

    assertThat(TrainingContext.of(rows, rows.size()).topicWords()).containsExactly("greenhouse");
  }

  private void chat(String system, String question, String answer) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!system.isEmpty()) {
      messages.add(new ChatMessage("system", system));
    }
    messages.add(new ChatMessage("user", question));
    messages.add(new ChatMessage("assistant", answer));
    rows.add(new TrainingRow(rows.size() + 1, TrainingRow.Shape.CHAT, messages));
  }
}
