package dev.palimpsest.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.tokenizer.TokenizerJsonCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The content of a tokenizer.json, read from a file or built from a GGUF file's metadata.
 *
 * <p>Its format is that of the Hugging Face tokenizers library: model (vocabulary and merges),
 * added_tokens, normalizer, pre_tokenizer, post_processor and decoder.
 */
final class TokenizerJson {
  private final String file;
  private final ObjectNode root;
  private final Map<String, Integer> vocabulary;
  private final Map<String, Integer> added = new HashMap<>();

  /**
   * Wraps checked content.
   *
   * @param file the file as the user knows it
   * @param root the content; {@link TokenizerJsonCheck} should have accepted it
   */
  TokenizerJson(String file, ObjectNode root) {
    this.file = file;
    this.root = root;
    this.vocabulary = readVocabulary(root.path("model").path("vocab"));
    for (AddedToken token : addedTokens()) {
      added.put(token.content(), token.id());
    }
  }

  /** A token that is matched in the text before the model sees it. */
  record AddedToken(int id, String content, boolean special) {
    static AddedToken of(JsonNode node) {
      return new AddedToken(
          node.path("id").intValue(),
          node.path("content").asText(),
          node.path("special").asBoolean());
    }
  }

  private static Map<String, Integer> readVocabulary(JsonNode vocab) {
    Map<String, Integer> ids = new HashMap<>(vocab.size() * 2);
    if (vocab.isArray()) {
      for (int id = 0; id < vocab.size(); id++) {
        ids.put(vocab.get(id).path(0).asText(), id);
      }
    } else {
      vocab.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().intValue()));
    }
    return ids;
  }

  ObjectNode root() {
    return root;
  }

  String file() {
    return file;
  }

  List<AddedToken> addedTokens() {
    List<AddedToken> tokens = new ArrayList<>();
    root.path("added_tokens").forEach(node -> tokens.add(AddedToken.of(node)));
    return tokens;
  }

  /** Returns the id of a token by its exact text. */
  OptionalInt idOf(String token) {
    Integer id = added.getOrDefault(token, vocabulary.get(token));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Returns the number of distinct tokens, added ones included. */
  int size() {
    long onlyAdded =
        added.keySet().stream().filter(token -> !vocabulary.containsKey(token)).count();
    return vocabulary.size() + (int) onlyAdded;
  }

  /** Returns the highest id of all tokens, or -1 if there are none. */
  int highestId() {
    int highest = -1;
    for (int id : vocabulary.values()) {
      highest = Math.max(highest, id);
    }
    for (int id : added.values()) {
      highest = Math.max(highest, id);
    }
    return highest;
  }

  /** Returns the content as JSON text. */
  String toText() {
    try {
      return Json.mapper().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
