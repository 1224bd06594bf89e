package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.decoder.text.ChatTemplate;
import dev.palimpsest.decoder.text.SplitRule;
import dev.palimpsest.decoder.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From prompts to token ids and back, with a checkpoint's tokenizer and chat template.
 *
 * <p>Plain text gets the special tokens that the tokenizer adds; a rendered chat carries its own.
 */
final class PromptEncoder implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final Optional<ChatTemplate> template;
  private final Set<Integer> ends;

  private PromptEncoder(Tokenizer tokenizer, Optional<ChatTemplate> template, Set<Integer> ends) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.ends = ends;
  }

  static PromptEncoder open(Checkpoint checkpoint) {
    Optional<ChatTemplate> template = ChatTemplate.of(checkpoint);
    Tokenizer tokenizer = Tokenizer.open(checkpoint);
    Set<Integer> ends = new TreeSet<>(checkpoint.generationConfig().eosTokenIds());
    if (ends.isEmpty()) {
      ends.addAll(tokenizer.endIds());
    }
    return new PromptEncoder(tokenizer, template, ends);
  }

  Encoded encode(EncodeRequest request) {
    return request.prompt() instanceof Prompt.Chat chat
        ? encodeChat(chat, request.continuations())
        : encodeText(((Prompt.Text) request.prompt()).text(), request.continuations());
  }

  private Encoded encodeText(String text, List<String> continuations) {
    if (continuations.isEmpty()) {
      int[] ids = SplitRule.encode(tokenizer, text);
      return new Encoded(text, ids.length == 0 ? prefix() : ids, List.of());
    }
    return encoded(
        text,
        continuations.stream()
            .map(continuation -> SplitRule.encode(tokenizer, text, continuation))
            .toList());
  }

  private int[] prefix() {
    return new int[] {tokenizer.prefixTokenId()};
  }

  private Encoded encodeChat(Prompt.Chat chat, List<String> continuations) {
    ChatTemplate found =
        template.orElseThrow(
            () ->
                new DecoderException(
                    "This checkpoint has no chat template; give plain text instead."));
    String rendered = found.render(chat.messages(), true) + chat.assistantPrefix();
    if (continuations.isEmpty()) {
      return new Encoded(rendered, tokenizer.encode(rendered, false), List.of());
    }
    return encoded(
        rendered,
        continuations.stream()
            .map(continuation -> SplitRule.encodeRendered(tokenizer, rendered, continuation))
            .toList());
  }

  private static Encoded encoded(String rendered, List<SplitRule.Split> splits) {
    List<int[]> continuationIds = new ArrayList<>();
    splits.forEach(split -> continuationIds.add(split.continuationIds()));
    return new Encoded(rendered, splits.get(0).contextIds(), continuationIds);
  }

  String decode(int[] ids) {
    return tokenizer.decode(ids, true);
  }

  boolean isEnd(int id) {
    return ends.contains(id);
  }

  int[] endIds() {
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  String tokenizerDigest() {
    return tokenizer.digest();
  }

  String templateDigest() {
    return template.map(ChatTemplate::digest).orElse("");
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
