package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tokens beside a model's vocabulary, numbered as the tokenizers library numbers them.
 *
 * <p>A token that the vocabulary has keeps that id; another gets the next one after all that are
 * there, whatever id a file gives it. A token that is added again gets the flags of the last time.
 */
final class AddedVocabulary {
  private static final int MAX_CHARACTERS = 1024;

  private final ArrayNode list;
  private final Map<String, Integer> model;
  private final int modelSize;
  private final Map<String, ObjectNode> byContent = new LinkedHashMap<>();
  private int highest = -1;

  /** Takes over the added tokens of a tokenizer, numbered anew. */
  AddedVocabulary(ObjectNode root) {
    JsonNode vocabulary = root.path("model").path("vocab");
    this.model = ids(vocabulary);
    this.modelSize = vocabulary.size();
    JsonNode before = root.path("added_tokens");
    this.list = root.putArray("added_tokens");
    before.forEach(this::add);
  }

  private static Map<String, Integer> ids(JsonNode vocabulary) {
    Map<String, Integer> ids = new HashMap<>(vocabulary.size() * 2);
    if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        ids.put(vocabulary.get(id).path(0).asText(), id);
      }
    } else {
      vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().intValue()));
    }
    return ids;
  }

  /** Adds a token in the format of added_tokens; its id counts for nothing. */
  void add(JsonNode token) {
    String content = token.path("content").asText();
    if (content.isEmpty()) {
      return;
    }
    if (content.length() > MAX_CHARACTERS) {
      throw new CheckpointException(
          HuggingFaceFolder.CONFIG,
          "or a file beside it has an added token of %d characters, at most %d are accepted"
              .formatted(content.length(), MAX_CHARACTERS));
    }
    ObjectNode known = byContent.get(content);
    if (known == null) {
      known = AddedTokens.special(idOf(content), content);
      highest = Math.max(highest, known.path("id").intValue());
      byContent.put(content, known);
      list.add(known);
    }
    AddedTokens.copyFlags(token, known);
  }

  private int idOf(String content) {
    Integer id = model.get(content);
    return id == null ? Math.max(highest + 1, modelSize) : id;
  }

  /** Tells whether the model's own vocabulary has a token. */
  boolean isInModel(String content) {
    return model.containsKey(content);
  }

  /** Returns the texts of the tokens. */
  Set<String> contents() {
    return Collections.unmodifiableSet(byContent.keySet());
  }

  /** Returns the tokens by their text, in their order. */
  Map<String, ObjectNode> byContent() {
    return Collections.unmodifiableMap(byContent);
  }
}
