package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Entries of added_tokens as the tokenizers library writes them. */
final class AddedTokens {
  private static final List<String> FLAGS =
      List.of("single_word", "lstrip", "rstrip", "normalized", "special");

  private AddedTokens() {}

  /** Returns a control token: matched as it is, left out when special tokens are skipped. */
  static ObjectNode special(int id, String content) {
    return token(id, content, true);
  }

  /** Returns a token that is matched whole but is ordinary text, like {@code <think>}. */
  static ObjectNode userDefined(int id, String content) {
    return token(id, content, false);
  }

  /** Returns a token that a file gives, with the flags that it leaves out. */
  static ObjectNode complete(ObjectNode token) {
    boolean special = token.path("special").asBoolean();
    ObjectNode complete = token(0, token.path("content").asText(), special);
    complete.put("normalized", !special);
    copyFlags(token, complete);
    return complete;
  }

  /** Gives a token the flags that another has. */
  static void copyFlags(JsonNode from, ObjectNode to) {
    for (String flag : FLAGS) {
      if (from.path(flag).isBoolean()) {
        to.set(flag, from.get(flag));
      }
    }
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
