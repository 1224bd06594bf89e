package dev.palimpsest.prompt;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.inference.ChatMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the tokens that end answers with those that a model's files mean to end them. */
final class TurnEnd {
  private static final String ANSWER = "Good-morning-to-you";
  private static final List<ChatMessage> TURNS =
      List.of(new ChatMessage("user", "Good morning."), new ChatMessage("assistant", ANSWER));

  private final Tokenizer tokenizer;
  private final Optional<ChatTemplate> template;
  private final Set<Integer> ends;

  TurnEnd(Tokenizer tokenizer, Optional<ChatTemplate> template, Set<Integer> ends) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.ends = ends;
  }

  /** Returns a sentence if the tokenizer's eos_token, or the template's turn end, ends nothing. */
  Optional<String> note() {
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt eos = tokenizer.eosId();
    if (eos.isPresent() && !ends.contains(eos.getAsInt())) {
      return Optional.of(note("the tokenizer's eos_token", eos.getAsInt()));
    }
    OptionalInt turn = ofTemplate();
    return turn.isPresent()
        ? Optional.of(note("the token that ends a turn in the chat template", turn.getAsInt()))
        : Optional.empty();
  }

  private String note(String what, int id) {
    return "%s, %s, ends no answer: the model's files end answers with %s, and transformers runs on past it too; name %d as eos_token_id in generation_config.json (of the base, for an adapter) if it should end them"
        .formatted(what, shown(id), shownEnds(), id);
  }

  private String shownEnds() {
    return ends.stream().map(this::shown).collect(Collectors.joining(", "));
  }

  private String shown(int id) {
    return "%s (%d)".formatted(Printable.text(tokenizer.decode(new int[] {id}, false)), id);
  }

  /** Returns the first mark after an answer, if no mark there ends answers. */
  private OptionalInt ofTemplate() {
    OptionalInt first = OptionalInt.empty();
    for (int id : afterAnswer()) {
      boolean mark = tokenizer.isSpecial(id);
      if (mark && ends.contains(id)) {
        return OptionalInt.empty();
      }
      if (mark && first.isEmpty()) {
        first = OptionalInt.of(id);
      }
    }
    return first;
  }

  private int[] afterAnswer() {
    try {
      String rendered = template.map(found -> found.render(TURNS, false)).orElse("");
      int end = rendered.lastIndexOf(ANSWER);
      String tail = end < 0 ? "" : rendered.substring(end + ANSWER.length());
      return tail.isEmpty() ? new int[0] : tokenizer.encode(tail, false);
    } catch (UserFacingException e) {
      // a template that refuses this chat, or is broken, is told of elsewhere
      return new int[0];
    }
  }
}
