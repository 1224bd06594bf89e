package dev.palimpsest.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tokens of a tokenizer.json with their ids, checked for conflicts. */
public final class TokenizerVocabulary {
  private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");
  private static final int MAX_ADDED_CHARS = 1024;
  // far above every published vocabulary (about 262,000)
  private static final int MAX_ID = 4_000_000;
  // embeddings are padded by some hundred rows, not to a multiple of the vocabulary
  private static final int LEAST_COVER = 8;

  /** What to do where the files of a tokenizer are missing or of another model. */
  public static final String COPY =
      "copy the tokenizer files of the model (tokenizer.json, tokenizer_config.json) beside its"
          + " weights from the checkpoint that was tuned";

  private final String file;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> tokens = new HashMap<>();
  private final Set<Integer> added = new TreeSet<>();
  private int highest = -1;

  private TokenizerVocabulary(String file) {
    this.file = file;
  }

  static TokenizerVocabulary read(String file, JsonNode tokenizer) {
    TokenizerVocabulary vocabulary = new TokenizerVocabulary(file);
    JsonNode model = tokenizer.path("model");
    vocabulary.readModel(model);
    vocabulary.readMerges(model);
    vocabulary.readAdded(tokenizer.path("added_tokens"));
    return vocabulary;
  }

  /** Returns the highest id, or -1 if there is none. */
  public int highestId() {
    return highest;
  }

  /** Tells whether a token has the id. */
  boolean has(int id) {
    return tokens.containsKey(id);
  }

  /**
   * Refuses a vocabulary that the embedding was not made for.
   *
   * <p>Added tokens may be beyond it: training scripts add a token for padding that no text yields.
   *
   * @throws CheckpointException if a token of the model itself has no row
   */
  public void requireRows(int rows) {
    int highestOfModel =
        tokens.keySet().stream().filter(id -> !added.contains(id)).max(Integer::compare).orElse(-1);
    if (highestOfModel >= rows) {
      throw refuse(
          "has ids outside the embedding (%d >= %d); tokenizer and weights do not belong together"
              .formatted(highestOfModel, rows));
    }
  }

  /** Returns how many tokens there are. */
  public int size() {
    return tokens.size();
  }

  /**
   * Refuses a tokenizer that has next to none of the tokens that the embedding has rows for, such
   * as one that a library made up where it found no vocabulary.
   *
   * @param ids how many tokens it has
   * @throws CheckpointException if they are less than an eighth of the rows
   */
  public static void requireCover(String file, int ids, int rows) {
    if (rows < Integer.MAX_VALUE && ids < rows / LEAST_COVER) {
      throw new CheckpointException(
          file,
          "has %d tokens for the %d rows of the embedding, so it is not this model's tokenizer; %s"
              .formatted(ids, rows, COPY));
    }
  }

  private void readModel(JsonNode model) {
    // old files name no type; theirs is told by what is there
    String type = model.path("type").asText(model.has("merges") ? "BPE" : "Unigram");
    if (!MODELS.contains(type)) {
      throw refuse("has unsupported tokenizer model " + Printable.text(type));
    }
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isEmpty()) {
      throw refuse("has no vocabulary; export it again");
    }
    if (vocabulary.isObject()) {
      vocabulary.properties().forEach(e -> addToken(e.getKey(), e.getValue()));
    } else {
      readScored(model, vocabulary);
    }
  }

  private void readScored(JsonNode model, JsonNode vocabulary) {
    for (int id = 0; id < vocabulary.size(); id++) {
      JsonNode pair = vocabulary.get(id);
      if (!pair.path(0).isTextual() || !pair.path(1).isNumber()) {
        throw refuse("has an entry in its vocabulary that is no pair of token and score at " + id);
      }
      // scored vocabularies may repeat a token; the id alone counts
      ids.putIfAbsent(pair.path(0).textValue(), id);
      tokens.put(id, pair.path(0).textValue());
      highest = id;
    }
    JsonNode unknown = model.path("unk_id");
    if (unknown.isNumber() && !tokens.containsKey(unknown.asInt(-1))) {
      throw refuse("has an unk_id that no token has");
    }
  }

  private void addToken(String token, JsonNode number) {
    int id = id(token, number);
    String before = tokens.putIfAbsent(id, token);
    if (before != null) {
      throw refuse(
          "has duplicate token id %d (%s and %s)"
              .formatted(id, Printable.text(before), Printable.text(token)));
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
              .formatted(Printable.text(number.toString()), Printable.text(token)));
    }
    return number.intValue();
  }

  private void readMerges(JsonNode model) {
    JsonNode merges = model.path("merges");
    if (!merges.isMissingNode() && !merges.isNull() && !merges.isArray()) {
      throw refuse(
          "has malformed merges: they must be a list, not "
              + (merges.isObject() ? "an " : "a ")
              + merges.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    // the prefix is left out where a piece stands inside a word
    boolean plain = model.path("continuing_subword_prefix").asText("").isEmpty();
    merges.forEach(merge -> requireMerge(merge, plain));
  }

  private void requireMerge(JsonNode merge, boolean plain) {
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
      throw refuse("has malformed merges: " + Printable.text(merge.toString()));
    }
    requireToken(left);
    requireToken(right);
    if (plain) {
      requireToken(left + right);
    }
  }

  private void requireToken(String token) {
    if (!ids.containsKey(token)) {
      throw refuse("has a merge that refers to the unknown token " + Printable.text(token));
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
    if (text.length() > MAX_ADDED_CHARS) {
      throw refuse("has an added token of %d characters".formatted(text.length()));
    }
    int id = id(text, token.path("id"));
    String before = tokens.putIfAbsent(id, text);
    Integer idBefore = ids.putIfAbsent(text, id);
    if ((before != null && !before.equals(text)) || (idBefore != null && idBefore != id)) {
      throw refuse(
          "added token id %d (%s) conflicts with the vocabulary"
              .formatted(id, Printable.text(text)));
    }
    added.add(id);
    highest = Math.max(highest, id);
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(file, sentence);
  }
}
