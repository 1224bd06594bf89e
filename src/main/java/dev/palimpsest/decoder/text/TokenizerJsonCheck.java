package dev.palimpsest.decoder.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a tokenizer.json has to satisfy before native code sees it.
 *
 * <p>The library trusts its input: a pattern that backtracks for ever or a chain of replacements
 * would stop or kill this process. What the library refuses by itself is left to it.
 */
final class TokenizerJsonCheck {
  private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");
  private static final int MAX_ADDED_LENGTH = 1_024;

  /** Far above every published vocabulary (about 262,000 tokens). */
  private static final int MAX_ID = 4_000_000;

  private final String file;
  private final ObjectNode root;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> tokens = new HashMap<>();

  private TokenizerJsonCheck(String file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Checks vocabulary, added tokens and pipeline.
   *
   * @throws CheckpointException with one sentence that says what is wrong
   */
  static void check(String file, ObjectNode root) {
    TokenizerJsonCheck check = new TokenizerJsonCheck(file, root);
    check.checkModel();
    check.checkAddedTokens();
    check.checkPostProcessor();
    new PipelineCheck(file).check(root);
  }

  /**
   * Checks that every id has a row in the embedding.
   *
   * @param rows rows of the embedding
   */
  static void checkFits(TokenizerJson json, int rows) {
    if (json.highestId() >= rows) {
      throw new CheckpointException(
          json.file(),
          "has ids outside the embedding (%d >= %d); use the tokenizer that belongs to these weights"
              .formatted(json.highestId(), rows));
    }
  }

  private void checkModel() {
    JsonNode model = root.path("model");
    String type = model.path("type").asText(model.has("merges") ? "BPE" : "(none)");
    if (!MODELS.contains(type)) {
      throw broken("has the unsupported model '%s'".formatted(Shorten.text(type)));
    }
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isEmpty()) {
      throw broken("has no vocabulary; export it again");
    }
    if (vocabulary.isObject()) {
      vocabulary.properties().forEach(entry -> addToken(entry.getKey(), entry.getValue()));
    } else {
      checkScores(model, vocabulary);
    }
  }

  private void checkScores(JsonNode model, JsonNode vocabulary) {
    for (int id = 0; id < vocabulary.size(); id++) {
      JsonNode entry = vocabulary.get(id);
      if (!entry.path(0).isTextual() || !entry.path(1).isNumber()) {
        throw broken("has an entry in its vocabulary that is no token with a score, at " + id);
      }
      ids.putIfAbsent(entry.get(0).textValue(), id);
      tokens.put(id, entry.get(0).textValue());
    }
    JsonNode unknown = model.path("unk_id");
    if (unknown.isNumber() && !tokens.containsKey(unknown.asInt(-1))) {
      throw broken("has an unk_id that no token has");
    }
  }

  private void addToken(String token, JsonNode number) {
    int id = id(token, number);
    String before = tokens.put(id, token);
    if (before != null) {
      throw broken(
          "has duplicate token id %d ('%s' and '%s')"
              .formatted(id, Shorten.text(before), Shorten.text(token)));
    }
    ids.put(token, id);
  }

  private int id(String token, JsonNode number) {
    boolean valid = number.isInt() && number.intValue() >= 0 && number.intValue() <= MAX_ID;
    if (!valid) {
      throw broken(
          "has token id out of range (%s for '%s')"
              .formatted(Shorten.text(number.toString()), Shorten.text(token)));
    }
    return number.intValue();
  }

  private void checkAddedTokens() {
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      if (content.isEmpty() || content.length() > MAX_ADDED_LENGTH) {
        throw broken(
            "has an added token of %d characters; 1 to %d are accepted"
                .formatted(content.length(), MAX_ADDED_LENGTH));
      }
      int id = id(content, token.path("id"));
      String before = tokens.putIfAbsent(id, content);
      Integer idBefore = ids.putIfAbsent(content, id);
      if ((before != null && !before.equals(content)) || (idBefore != null && idBefore != id)) {
        throw broken(
            "added token id %d ('%s') conflicts with the vocabulary"
                .formatted(id, Shorten.text(content)));
      }
    }
  }

  private void checkPostProcessor() {
    for (JsonNode special : root.path("post_processor").findValues("ids")) {
      for (JsonNode id : special) {
        if (!id.isInt() || !tokens.containsKey(id.intValue())) {
          throw broken(
              "has a post_processor that adds the id %s, which no token has"
                  .formatted(Shorten.text(id.toString())));
        }
      }
    }
  }

  private CheckpointException broken(String message) {
    return new CheckpointException(file, message);
  }
}
