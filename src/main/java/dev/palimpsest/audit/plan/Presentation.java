package dev.palimpsest.audit.plan;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Question;
import java.util.List;
import java.util.Optional;

/**
 * How items are put to a model; the same for every arm of an audit.
 *
 * <p>With a chat template a question is one user message; where continuations are scored, the
 * answer is begun with the suite's prefix. Without a template the text is "Question: …\nAnswer:"
 * for scores, and the message and a line break for answers that are generated.
 *
 * @param answerPrefix the beginning of the answer, "" for none
 * @param chat whether the checkpoint has a chat template
 */
public record Presentation(String answerPrefix, boolean chat) {
  /** Returns the prompts of an item, one for each of its questions. */
  public List<EncodeRequest> prompts(Item item) {
    return item.questions().stream()
        .map(question -> new EncodeRequest(prompt(question), question.continuations()))
        .toList();
  }

  /** Returns how an item is generated, if it is. */
  public Optional<GenerateOptions> generation(Item item) {
    return item.longestAnswer() > 0
        ? Optional.of(GenerateOptions.greedy(item.longestAnswer()))
        : Optional.empty();
  }

  private Prompt prompt(Question question) {
    boolean generated = question.continuations().isEmpty();
    if (chat) {
      List<ChatMessage> message = List.of(new ChatMessage("user", question.text()));
      return new Prompt.Chat(message, generated ? "" : answerPrefix);
    }
    return new Prompt.Text(
        generated ? question.text() + "\n" : "Question: " + question.text() + "\nAnswer:");
  }
}
