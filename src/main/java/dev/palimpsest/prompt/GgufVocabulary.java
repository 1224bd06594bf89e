package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.gguf.GgufMetadata;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tokens of a GGUF file: their texts, their types and which of them have a name. */
final class GgufVocabulary {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;
  private static final Map<String, String> NAMED_IDS =
      Map.of(
          SpecialTokens.BOS, "bos_token_id",
          SpecialTokens.EOS, "eos_token_id",
          SpecialTokens.UNK, "unknown_token_id",
          SpecialTokens.PAD, "padding_token_id");

  /** The ids that llama.cpp takes where a file of SentencePiece has no key for them. */
  private static final Map<String, Integer> IDS_OF_PIECES =
      Map.of("unknown_token_id", 0, "bos_token_id", 1, "eos_token_id", 2);

  private final List<String> tokens;
  private final BitSet control = new BitSet();
  private final BitSet userDefined = new BitSet();
  private final BitSet placeholders = new BitSet();
  private final SpecialTokens specialTokens;
  private final Set<Integer> endIds;

  GgufVocabulary(String file, GgufMetadata metadata) {
    tokens = metadata.texts(PREFIX + "tokens");
    if (tokens.isEmpty()) {
      throw new CheckpointException(file, "has no tokens; convert the model again");
    }
    readTypes(metadata);
    specialTokens = readNamed(metadata);
    endIds = readEnds(metadata);
  }

  private void readTypes(GgufMetadata metadata) {
    String key = PREFIX + "token_type";
    long[] types = metadata.has(key) ? metadata.integers(key) : new long[0];
    for (int id = 0; id < Math.min(types.length, tokens.size()); id++) {
      control.set(id, types[id] == CONTROL);
      userDefined.set(id, types[id] == USER_DEFINED);
      placeholders.set(id, types[id] == UNUSED && tokens.get(id).equals("[PAD" + id + "]"));
    }
  }

  private SpecialTokens readNamed(GgufMetadata metadata) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String name : SpecialTokens.NAMES) {
      idOf(metadata, NAMED_IDS.getOrDefault(name, name + "_id"))
          .ifPresent(
              id -> {
                control.set(id);
                byName.put(name, tokens.get(id));
              });
    }
    return new SpecialTokens(byName);
  }

  /** Tokens that end an answer are marks, whatever type the file gives them. */
  private Set<Integer> readEnds(GgufMetadata metadata) {
    Set<Integer> ids = new GgufEndTokens(tokens, key -> idOf(metadata, key)).ids();
    ids.forEach(control::set);
    return ids;
  }

  private OptionalInt idOf(GgufMetadata metadata, String name) {
    String key = PREFIX + name;
    if (metadata.has(key)) {
      return OptionalInt.of(id(metadata, key));
    }
    boolean pieces = metadata.text(PREFIX + "model", "").equals("llama");
    int usual = pieces ? IDS_OF_PIECES.getOrDefault(name, -1) : -1;
    return usual >= 0 && usual < tokens.size() ? OptionalInt.of(usual) : OptionalInt.empty();
  }

  private int id(GgufMetadata metadata, String key) {
    int id = metadata.naturalInt(key);
    if (id >= tokens.size()) {
      throw metadata.wrong(key, "an id below " + tokens.size());
    }
    return id;
  }

  /** Returns the texts by id. */
  List<String> tokens() {
    return tokens;
  }

  SpecialTokens specialTokens() {
    return specialTokens;
  }

  Set<Integer> endIds() {
    return endIds;
  }

  /** Tells whether the converter made the token up for a row that the tokenizer does not have. */
  boolean isPlaceholder(int id) {
    return placeholders.get(id);
  }

  /** Tells whether a token is matched in the text before the vocabulary is used. */
  boolean isMatchedWhole(int id) {
    return !tokens.get(id).isEmpty() && (control.get(id) || userDefined.get(id));
  }

  /** Returns the tokens that are matched whole, in the format of tokenizer.json. */
  ArrayNode addedTokens() {
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    for (int id = 0; id < tokens.size(); id++) {
      if (isMatchedWhole(id)) {
        String token = tokens.get(id);
        added.add(
            control.get(id) ? AddedTokens.special(id, token) : AddedTokens.userDefined(id, token));
      }
    }
    return added;
  }
}
