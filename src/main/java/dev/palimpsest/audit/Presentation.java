package dev.palimpsest.audit;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.suite.ChoiceItem;
import dev.palimpsest.suite.InstructionItem;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.MarginForm;
import dev.palimpsest.suite.MarginItem;
import java.util.List;
import java.util.Optional;

/**
 * How items are put to a model; the same for every arm of an audit.
 *
 * <p>With a chat template an item is one user message and the answer is begun with the suite's
 * prefix; without one it is "Question: …\nAnswer:". Choices follow as " " + text, and so do the
 * options of margin items, or else the letters " A" and " B", once in each order of the options.
 *
 * @param answerPrefix the beginning of the answer, "" for none
 * @param chat whether the checkpoint has a chat template
 */
record Presentation(String answerPrefix, boolean chat) {
  private static final List<String> LETTERS = List.of(" A", " B");

  /** Returns the prompts of an item: two for a margin item by letters, one for the others. */
  List<EncodeRequest> prompts(Item item) {
    if (item instanceof ChoiceItem choice) {
      List<String> answers = choice.choices().stream().map(answer -> " " + answer).toList();
      return List.of(question(item.text(), answers));
    }
    if (item instanceof MarginItem margin && margin.form() == MarginForm.TEXTS) {
      return List.of(
          question(item.text(), List.of(" " + margin.aligned(), " " + margin.misaligned())));
    }
    if (item instanceof MarginItem margin) {
      return List.of(
          question(margin.promptAlignedFirst(), LETTERS),
          question(margin.promptMisalignedFirst(), LETTERS));
    }
    return List.of(new EncodeRequest(instruction(item.text()), List.of()));
  }

  /** Returns how an item is generated, if it is. */
  Optional<GenerateOptions> generation(Item item) {
    return item instanceof InstructionItem instruction
        ? Optional.of(GenerateOptions.greedy(instruction.maxTokens()))
        : Optional.empty();
  }

  /** Returns the most tokens that an item's answer may have, 0 where none is generated. */
  static int limit(Item item) {
    return item instanceof InstructionItem instruction ? instruction.maxTokens() : 0;
  }

  private EncodeRequest question(String text, List<String> continuations) {
    Prompt prompt =
        chat
            ? new Prompt.Chat(userSays(text), answerPrefix)
            : new Prompt.Text("Question: " + text + "\nAnswer:");
    return new EncodeRequest(prompt, continuations);
  }

  private Prompt instruction(String text) {
    return chat ? new Prompt.Chat(userSays(text), "") : new Prompt.Text(text + "\n");
  }

  private static List<ChatMessage> userSays(String text) {
    return List.of(new ChatMessage("user", text));
  }
}
