package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tokens of a tokenizer.json with their ids, checked for conflicts. */
final class TokenizerVocabulary {
  private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");
  private static final int MAX_TOKEN_CHARS = 16_384;
  // far above every published vocabulary (about 262,000)
  private static final int MAX_ID = 10_000_000;

  private final String file;
  private final Findings findings;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> tokens = new HashMap<>();
  private int highest = -1;

  private TokenizerVocabulary(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  static TokenizerVocabulary read(String file, JsonNode tokenizer, Findings findings) {
    TokenizerVocabulary vocabulary = new TokenizerVocabulary(file, findings);
    JsonNode model = tokenizer.path("model");
    vocabulary.readModel(model);
    vocabulary.readMerges(model.path("merges"));
    vocabulary.readAdded(tokenizer.path("added_tokens"));
    return vocabulary;
  }

  /** Refuses ids without a row in the embedding. */
  void requireRows(int rows) {
    if (highest >= rows) {
      throw refuse(
          "has ids outside the embedding (%d >= %d); tokenizer and weights do not belong together"
              .formatted(highest, rows));
    }
    if (rows < Integer.MAX_VALUE && highest + 1 < rows) {
      findings.info(
          file,
          "has %d ids, the embedding %d rows; the rest is padding".formatted(highest + 1, rows));
    }
  }

  private void readModel(JsonNode model) {
    // old files name no type; theirs is told by what is there
    String type = model.path("type").asText(model.has("merges") ? "BPE" : "Unigram");
    if (!MODELS.contains(type)) {
      throw refuse("has unsupported tokenizer model " + Shown.text(type));
    }
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isEmpty()) {
      throw refuse("has no vocabulary");
    }
    if (vocabulary.isObject()) {
      vocabulary.properties().forEach(e -> addToken(e.getKey(), e.getValue()));
    } else {
      for (int id = 0; id < vocabulary.size(); id++) {
        readScored(vocabulary.get(id), id);
      }
    }
  }

  private void readScored(JsonNode pair, int id) {
    if (!pair.path(0).isTextual() || !pair.path(1).isNumber()) {
      throw refuse("has an entry in its vocabulary that is no pair of token and score at " + id);
    }
    // scored vocabularies may repeat a token; the id alone counts
    ids.putIfAbsent(pair.path(0).textValue(), id);
    tokens.put(id, pair.path(0).textValue());
    highest = Math.max(highest, id);
  }

  private void addToken(String token, JsonNode number) {
    int id = id(token, number);
    String before = tokens.putIfAbsent(id, token);
    if (before != null) {
      throw refuse(
          "has duplicate token id %d (%s and %s)"
              .formatted(id, Shown.text(before), Shown.text(token)));
    }
    ids.put(token, id);
    highest = Math.max(highest, id);
  }

  private int id(String token, JsonNode number) {
    boolean inRange =
        number.isIntegralNumber()
            && number.canConvertToInt()
            && number.intValue() >= 0
            && number.intValue() <= MAX_ID;
    if (!inRange) {
      throw refuse(
          "has token id out of range (%s for %s)"
              .formatted(Shown.text(number.toString()), Shown.text(token)));
    }
    return number.intValue();
  }

  private void readMerges(JsonNode merges) {
    if (!merges.isMissingNode() && !merges.isNull() && !merges.isArray()) {
      throw refuse("has malformed merges: they must be a list, not " + StrictJson.kind(merges));
    }
    merges.forEach(this::requireMerge);
  }

  private void requireMerge(JsonNode merge) {
    String left;
    String right;
    if (merge.isTextual()) {
      String text = merge.textValue();
      int space = text.indexOf(' ');
      boolean one = space > 0 && space == text.lastIndexOf(' ') && space < text.length() - 1;
      left = one ? text.substring(0, space) : null;
      right = one ? text.substring(space + 1) : null;
    } else {
      boolean pair = merge.size() == 2 && merge.path(0).isTextual() && merge.path(1).isTextual();
      left = pair ? merge.path(0).textValue() : null;
      right = pair ? merge.path(1).textValue() : null;
    }
    if (left == null || right == null) {
      throw refuse("has malformed merges: " + Shown.text(merge.toString()));
    }
    requireToken(left);
    requireToken(right);
    requireToken(left + right);
  }

  private void requireToken(String token) {
    if (!ids.containsKey(token)) {
      throw refuse("has a merge that refers to the unknown token " + Shown.text(token));
    }
  }

  private void readAdded(JsonNode added) {
    for (JsonNode token : added) {
      readAdded(token, token.path("content"));
    }
  }

  private void readAdded(JsonNode token, JsonNode content) {
    if (!content.isTextual() || content.textValue().isEmpty()) {
      throw refuse("has an added token without content");
    }
    String text = content.textValue();
    if (text.length() > MAX_TOKEN_CHARS) {
      throw refuse("has an added token of %d characters".formatted(text.length()));
    }
    int id = id(text, token.path("id"));
    String before = tokens.putIfAbsent(id, text);
    Integer idBefore = ids.putIfAbsent(text, id);
    if ((before != null && !before.equals(text)) || (idBefore != null && idBefore != id)) {
      throw refuse(
          "added token id %d (%s) conflicts with the vocabulary".formatted(id, Shown.text(text)));
    }
    highest = Math.max(highest, id);
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(file, sentence);
  }
}
