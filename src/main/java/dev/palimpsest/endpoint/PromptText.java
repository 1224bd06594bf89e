package dev.palimpsest.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.util.Optional;

/** Texts as code points, which stand for token ids, and back. */
final class PromptText {
  /** Before messages that the server renders; a private character, which no prompt begins with. */
  private static final int CHAT = 0xF0001;

  /** Stands for the beginning of a text that nothing comes before. */
  private static final int BEGINNING = 0xF0002;

  /** Before a text that the server rendered, with the template's own special tokens. */
  private static final int RENDERED = 0xF0003;

  private PromptText() {}

  /** Returns the code points of a text; "" is the beginning of a text. */
  static int[] ids(String text) {
    return text.isEmpty() ? new int[] {BEGINNING} : text.codePoints().toArray();
  }

  /** Returns the code points of a text that the server rendered. */
  static int[] rendered(String text) {
    return (Character.toString(RENDERED) + text).codePoints().toArray();
  }

  /** Tells whether ids are those of a text that the server rendered. */
  static boolean isRendered(int[] ids) {
    return ids.length > 0 && ids[0] == RENDERED;
  }

  /** Returns the code points of a continuation, none for none. */
  static int[] continuation(String text) {
    return text.codePoints().toArray();
  }

  /** Returns the ids of a chat that the server renders. */
  static int[] ids(JsonNode chat) {
    return (Character.toString(CHAT) + chat).codePoints().toArray();
  }

  /** Returns the text of ids. */
  static String text(int[] ids) {
    boolean marked = ids.length > 0 && (ids[0] == BEGINNING || ids[0] == RENDERED);
    return marked ? new String(ids, 1, ids.length - 1) : new String(ids, 0, ids.length);
  }

  /** Returns the chat of ids, if they are those of one. */
  static Optional<JsonNode> chat(int[] ids) {
    if (ids.length == 0 || ids[0] != CHAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readTree(new String(ids, 1, ids.length - 1)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a chat that is no JSON", e);
    }
  }
}
