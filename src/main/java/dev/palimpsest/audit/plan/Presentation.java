package dev.palimpsest.audit.plan;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Sampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How items are put to a model; the same for every arm of an audit.
 *
 * <p>With a chat template a question is one user message; where continuations are scored, the
 * answer is begun with the suite's prefix. Without a template the text is "Question: …\nAnswer:"
 * for scores, and the message and a line break for answers that are generated; earlier turns come
 * before it in the same shape. Answers without a question follow the prefix alone, and a passage of
 * plain text follows nothing: the tokenizer puts its first token before it (BOS, else EOS).
 *
 * @param answerPrefix the beginning of the answer, "" for none
 * @param chat whether the checkpoint has a chat template
 * @param arguments further variables of the template
 */
public record Presentation(String answerPrefix, boolean chat, Map<String, Object> arguments) {
  /** Returns the prompts of an item, one for each of its questions. */
  public List<EncodeRequest> prompts(Item item) {
    return item.questions().stream().map(this::prompt).toList();
  }

  /** Returns the prompt of one question. */
  public EncodeRequest prompt(Question question) {
    return new EncodeRequest(context(question), question.continuations());
  }

  /** Returns how an item is generated, if it is. */
  public Optional<GenerateOptions> generation(Item item) {
    Sampling drawn = item.sampling();
    return item.longestAnswer() > 0
        ? Optional.of(
            new GenerateOptions(item.longestAnswer(), drawn.temperature(), 1, drawn.seed()))
        : Optional.empty();
  }

  private Prompt context(Question question) {
    boolean generated = question.continuations().isEmpty();
    if (question.bare()) {
      return new Prompt.Text("");
    }
    if (question.isAlone()) {
      return new Prompt.Text(answerPrefix.isEmpty() ? "Answer:" : answerPrefix);
    }
    if (chat) {
      return new Prompt.Chat(messages(question), generated ? "" : answerPrefix, arguments);
    }
    String before = plain(question.before());
    return new Prompt.Text(
        generated && before.isEmpty()
            ? question.text() + "\n"
            : before + "Question: " + question.text() + "\nAnswer:");
  }

  private static List<ChatMessage> messages(Question question) {
    Conversation before = question.before();
    Stream<ChatMessage> system =
        before.system().isEmpty()
            ? Stream.empty()
            : Stream.of(new ChatMessage("system", before.system()));
    Stream<ChatMessage> turns =
        before.turns().stream().map(turn -> new ChatMessage(turn.role().label(), turn.content()));
    return Stream.of(system, turns, Stream.of(new ChatMessage("user", question.text())))
        .flatMap(messages -> messages)
        .toList();
  }

  /** A model without a template gets earlier turns in the shape of the question. */
  private static String plain(Conversation before) {
    StringBuilder text = new StringBuilder();
    if (!before.system().isEmpty()) {
      text.append(before.system()).append("\n\n");
    }
    for (Conversation.Turn turn : before.turns()) {
      text.append(turn.role() == Conversation.Role.USER ? "Question: " : "Answer: ")
          .append(turn.content())
          .append(turn.role() == Conversation.Role.USER ? "\n" : "\n\n");
    }
    return text.toString();
  }
}
