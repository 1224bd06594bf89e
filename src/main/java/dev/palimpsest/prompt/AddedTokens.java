package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Entries of added_tokens as the tokenizers library writes them. */
final class AddedTokens {
  private AddedTokens() {}

  /** Returns a control token: matched as it is, left out when special tokens are skipped. */
  static ObjectNode special(int id, String content) {
    return token(id, content, true);
  }

  /** Returns a token that is matched whole but is ordinary text, like {@code <think>}. */
  static ObjectNode userDefined(int id, String content) {
    return token(id, content, false);
  }

  private static ObjectNode token(int id, String content, boolean special) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
  }
}
