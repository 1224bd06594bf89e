package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Shown;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds what would stand in tokenizer.json from the older files: tokenizer.model, or vocab.json
 * and merges.txt, with the tokens that were added since.
 */
final class TokenizerFiles {
  static final String PIECES = "tokenizer.model";
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  private static final String DECODER = "added_tokens_decoder";

  private final HuggingFaceFolder folder;
  private final ObjectNode config;
  private final TokenizerClass kind;

  private TokenizerFiles(HuggingFaceFolder folder, ObjectNode config) {
    this.folder = folder;
    this.config = config;
    this.kind = TokenizerClass.of(config, folder.optional("config.json"));
  }

  /**
   * Reads the older files of a folder, if it has them.
   *
   * @throws CheckpointException if they are damaged, or of a kind that is not read
   */
  static Optional<ObjectNode> read(HuggingFaceFolder folder, ObjectNode config) {
    boolean pieces = folder.has(PIECES);
    if (!pieces && !(folder.has(VOCABULARY) && folder.has(MERGES))) {
      return Optional.empty();
    }
    TokenizerFiles files = new TokenizerFiles(folder, config);
    ObjectNode root = pieces ? files.ofPieces() : files.ofMerges();
    root.put("version", "1.0");
    files.addNewTokens(root);
    return Optional.of(root);
  }

  private ObjectNode ofPieces() {
    if (kind == TokenizerClass.GPT2 || kind == TokenizerClass.QWEN2) {
      throw new CheckpointException(
          PIECES, "is no file of this model's tokenizer, which needs tokenizer.json");
    }
    ByteBuffer content = folder.bytes(PIECES);
    if (isRanked(content)) {
      throw new CheckpointException(
          PIECES, "is a tiktoken vocabulary, which is not read; " + HuggingFaceFolder.CONVERT);
    }
    SentencePieceModel model = SentencePieceModel.read(PIECES, content);
    return new SentencePieceFile(model, kind, config).root();
  }

  /** Tiktoken writes a line of base64 and a rank for each token. */
  private static boolean isRanked(ByteBuffer content) {
    int end = 0;
    while (end < Math.min(content.limit(), 200) && content.get(end) != '\n') {
      end++;
    }
    byte[] line = new byte[end];
    content.duplicate().get(line);
    return new String(line, StandardCharsets.ISO_8859_1).matches("[A-Za-z0-9+/]+=* [0-9]+\\s*");
  }

  private ObjectNode ofMerges() {
    if (kind != TokenizerClass.GPT2 && kind != TokenizerClass.QWEN2) {
      throw new CheckpointException(
          VOCABULARY,
          "does not say how text is split; name GPT2Tokenizer or Qwen2Tokenizer as tokenizer_class"
              + " in tokenizer_config.json, or give tokenizer.json");
    }
    String merges = folder.largeText(MERGES);
    boolean space = config.path("add_prefix_space").asBoolean();
    return ByteLevelFiles.root(
        folder.object(VOCABULARY), MERGES, merges, kind == TokenizerClass.QWEN2, space);
  }

  /** Adds tokens in the order of transformers, as their ids follow from it. */
  private void addNewTokens(ObjectNode root) {
    AddedTokenList list = new AddedTokenList(root);
    SpecialTokens named = specialTokens();
    fromDecoder().forEach((id, token) -> list.add(token, named.isNamed(token)));
    named.byName().values().forEach(content -> list.addSpecial(content));
    for (String field : List.of("extra_special_tokens", "additional_special_tokens")) {
      for (JsonNode token : config.path(field)) {
        list.addSpecial(token.isObject() ? token.path("content").asText() : token.asText());
      }
    }
  }

  /** Returns the named tokens: special_tokens_map.json wins unless the newer field is there. */
  SpecialTokens specialTokens() {
    ObjectNode map = map();
    Map<String, String> byName = new LinkedHashMap<>();
    for (String name : SpecialTokens.NAMES) {
      JsonNode token = map.has(name) ? map.get(name) : config.path(name);
      String text = token.isObject() ? token.path("content").textValue() : token.textValue();
      if (token.isMissingNode()) {
        text = kind.specialTokens().get(name);
      }
      if (text != null && !text.isEmpty()) {
        byName.put(name, text);
      }
    }
    return new SpecialTokens(byName);
  }

  /** Returns special_tokens_map.json, which is out of use once the newer field is there. */
  private ObjectNode map() {
    return config.has(DECODER)
        ? JsonNodeFactory.instance.objectNode()
        : folder.optional("special_tokens_map.json");
  }

  /** Returns the named tokens of a folder without tokenizer.json. */
  static SpecialTokens specialTokens(HuggingFaceFolder folder, ObjectNode config) {
    return new TokenizerFiles(folder, config).specialTokens();
  }

  private Map<Integer, ObjectNode> fromDecoder() {
    Map<Integer, ObjectNode> tokens = new TreeMap<>();
    if (config.has(DECODER)) {
      config
          .path(DECODER)
          .properties()
          .forEach(entry -> tokens.put(id(entry.getKey()), asObject(entry.getValue())));
      return tokens;
    }
    ObjectNode added = folder.optional("added_tokens.json");
    for (Map.Entry<String, JsonNode> entry : added.properties()) {
      ObjectNode token = AddedTokens.userDefined(0, entry.getKey()).put("normalized", true);
      tokens.put(entry.getValue().asInt(), token);
    }
    return tokens;
  }

  private static ObjectNode asObject(JsonNode token) {
    if (token instanceof ObjectNode object) {
      return object.deepCopy();
    }
    throw new CheckpointException(
        HuggingFaceFolder.CONFIG, "has an entry of added_tokens_decoder that is no object");
  }

  private static int id(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          HuggingFaceFolder.CONFIG,
          "has the key '%s' in added_tokens_decoder, expected an id".formatted(Shown.text(key)));
    }
  }

  /** The added tokens of a vocabulary; new ones get the next free ids. */
  private static final class AddedTokenList {
    private final ArrayNode tokens;
    private final TokenizerJson json;
    private final Map<String, ObjectNode> byContent = new HashMap<>();
    private int next;

    AddedTokenList(ObjectNode root) {
      this.tokens =
          root.path("added_tokens") instanceof ArrayNode array
              ? array
              : root.putArray("added_tokens");
      this.json = new TokenizerJson("", root);
      this.next = json.size();
      tokens.forEach(token -> byContent.put(token.path("content").asText(), (ObjectNode) token));
    }

    void addSpecial(String content) {
      add(AddedTokens.special(0, content), true);
    }

    void add(ObjectNode token, boolean special) {
      String content = token.path("content").asText();
      ObjectNode known = byContent.get(content);
      if (known != null) {
        known.put("special", special || known.path("special").asBoolean());
        return;
      }
      if (content.isEmpty()) {
        return;
      }
      ObjectNode added = AddedTokens.userDefined(json.idOf(content).orElse(next), content);
      for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
        added.put(flag, token.path(flag).asBoolean() && !(special && flag.equals("normalized")));
      }
      added.put("special", special || token.path("special").asBoolean());
      if (json.idOf(content).isEmpty()) {
        next++;
      }
      byContent.put(content, added);
      tokens.add(added);
    }
  }
}
