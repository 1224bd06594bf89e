package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tokens that tokenizer_config.json, special_tokens_map.json and added_tokens.json name, read
 * and added in the order of transformers 5, since the ids of new ones follow from it.
 *
 * <p>Where tokenizer_config.json has added_tokens_decoder, the two older files are out of use.
 */
final class NamedTokens {
  private static final String DECODER = "added_tokens_decoder";
  private static final String EXTRA = "extra_special_tokens";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final String MAP = "special_tokens_map.json";
  private static final String ADDED = "added_tokens.json";

  private final TokenizerClass kind;
  private final boolean json;

  /** The named tokens that are there where no file says otherwise. */
  private final Map<String, String> usual;

  /** Whether tokenizer_config.json lists all added tokens with their ids. */
  private boolean hasDecoder;

  private final Map<Integer, ObjectNode> byId = new TreeMap<>();
  private final Map<String, ObjectNode> named = new LinkedHashMap<>();
  private final List<ObjectNode> extra = new ArrayList<>();

  private NamedTokens(TokenizerClass kind, boolean json, Map<String, String> usual) {
    this.kind = kind;
    this.json = json;
    this.usual = usual;
  }

  /** Reads what stands beside tokenizer.json. */
  static NamedTokens besideJson(HuggingFaceFolder folder, ObjectNode config, TokenizerClass kind) {
    Map<String, String> usual = kind == TokenizerClass.GENERIC ? Map.of() : kind.specialTokens();
    NamedTokens tokens = new NamedTokens(kind, true, usual);
    new Reader(folder, config, Optional.empty()).read(tokens);
    return tokens;
  }

  /** Reads what stands beside tokenizer.model, or vocab.json and merges.txt. */
  static NamedTokens ofFiles(
      HuggingFaceFolder folder,
      ObjectNode config,
      TokenizerClass kind,
      Optional<SentencePieceModel> pieces) {
    boolean generic = kind == TokenizerClass.GENERIC;
    Map<String, String> usual =
        generic && pieces.isPresent() ? pieces.get().names() : kind.specialTokens();
    NamedTokens tokens = new NamedTokens(kind, false, usual);
    new Reader(folder, config, pieces.map(model -> marked(model, generic))).read(tokens);
    boolean prefixed = pieces.map(model -> model.spaces().prefixed()).orElse(false);
    if (generic && prefixed) {
      tokens.byId.values().forEach(token -> token.put("normalized", false));
    }
    return tokens;
  }

  /**
   * Returns the pieces that are matched whole. The general class leaves those that users defined to
   * the pipeline.
   */
  private static List<ObjectNode> marked(SentencePieceModel model, boolean generic) {
    List<ObjectNode> marked = new ArrayList<>();
    for (SentencePieceModel.Piece piece : model.pieces()) {
      if (piece.isControl()) {
        marked.add(AddedTokens.special(0, piece.text()));
      } else if (piece.isUserDefined() && !generic) {
        marked.add(AddedTokens.userDefined(0, piece.text()));
      }
    }
    return marked;
  }

  /** Returns the tokens to which a file gives an id, by that id. */
  Map<Integer, ObjectNode> byId() {
    return byId;
  }

  /** Returns the named special tokens. */
  SpecialTokens specialTokens() {
    Map<String, String> texts = new LinkedHashMap<>();
    named.forEach((name, token) -> texts.put(name, token.path("content").asText()));
    return new SpecialTokens(texts);
  }

  /**
   * Adds the tokens to a tokenizer.
   *
   * <p>Classes that build their own pipeline take of tokenizer.json the vocabulary alone, so that
   * its added tokens count as far as no added_tokens_decoder takes their place.
   */
  AddedVocabulary addTo(ObjectNode root) {
    JsonNode own = root.path("added_tokens");
    boolean rebuilt = json && kind != TokenizerClass.GENERIC;
    if (rebuilt) {
      root.remove("added_tokens");
    }
    Map<Integer, ObjectNode> given = new TreeMap<>(byId);
    if (json && !hasDecoder) {
      own.forEach(token -> given.put(token.path("id").asInt(), token.deepCopy()));
    }
    AddedVocabulary vocabulary = new AddedVocabulary(root);
    addTo(vocabulary, given);
    return vocabulary;
  }

  private void addTo(AddedVocabulary vocabulary, Map<Integer, ObjectNode> given) {
    Set<String> known = new HashSet<>(vocabulary.contents());
    Set<String> names = new HashSet<>(specialTokens().byName().values());
    for (ObjectNode token : given.values()) {
      String content = token.path("content").asText();
      known.add(content);
      vocabulary.add(names.contains(content) ? token.deepCopy().put("special", true) : token);
    }
    for (ObjectNode token : named.values()) {
      if (!known.contains(token.path("content").asText())) {
        vocabulary.add(token.deepCopy().put("special", true));
      }
    }
    for (ObjectNode token : extra) {
      if (!known.contains(token.path("content").asText())) {
        vocabulary.add(token);
      }
    }
    if (kind == TokenizerClass.QWEN2) {
      named.values().forEach(token -> addPlain(vocabulary, token));
      extra.forEach(token -> addPlain(vocabulary, token));
    }
  }

  /** Qwen's class adds all special tokens once more, by their texts alone. */
  private static void addPlain(AddedVocabulary vocabulary, ObjectNode token) {
    vocabulary.add(AddedTokens.special(0, token.path("content").asText()));
  }

  /** Puts the files together as transformers does before it makes a tokenizer of them. */
  private static final class Reader {
    private final HuggingFaceFolder folder;
    private final ObjectNode config;

    /** What is left of the configuration; {@link #specific} holds what was taken out. */
    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

    private final Map<String, JsonNode> specific = new LinkedHashMap<>();

    /** Tokens of a SentencePiece model, which take the place of additional_special_tokens. */
    private final Optional<List<ObjectNode>> marked;

    Reader(HuggingFaceFolder folder, ObjectNode config, Optional<List<ObjectNode>> marked) {
      this.folder = folder;
      this.config = config;
      this.marked = marked;
    }

    void read(NamedTokens tokens) {
      fields.setAll(config);
      takeFromConfig();
      if (config.has(DECODER)) {
        tokens.hasDecoder = true;
        readDecoder(tokens.byId);
      } else {
        mergeMap();
        readAdded(tokens.byId);
      }
      readNamed(tokens);
      if (fields.has(EXTRA) || marked.isEmpty()) {
        JsonNode listed = fields.has(EXTRA) ? fields.path(EXTRA) : fields.path(ADDITIONAL);
        listed.forEach(token -> add(token, tokens.extra));
      } else {
        tokens.extra.addAll(marked.get());
      }
    }

    private static void add(JsonNode token, List<ObjectNode> list) {
      ObjectNode added = token(token);
      if (added != null) {
        list.add(added);
      }
    }

    private void takeFromConfig() {
      if (fields.has(ADDITIONAL) && isEmpty(fields.path(EXTRA))) {
        fields.set(EXTRA, fields.remove(ADDITIONAL));
      }
      for (Map.Entry<String, JsonNode> field : config.properties()) {
        if (isSpecificName(field.getKey()) && field.getValue().isTextual()) {
          specific.put(field.getKey(), field.getValue());
          fields.remove(field.getKey());
        }
      }
      takeNamedExtras();
    }

    /** Extra tokens may have names of their own, as those of models that see images have. */
    private void takeNamedExtras() {
      if (fields.path(EXTRA).isObject()) {
        fields.remove(EXTRA).properties().forEach(e -> specific.put(e.getKey(), e.getValue()));
      }
    }

    private static boolean isEmpty(JsonNode value) {
      return value.isMissingNode()
          || value.isNull()
          || (value.isContainerNode() && value.isEmpty())
          || (value.isTextual() && value.textValue().isEmpty());
    }

    private static boolean isSpecificName(String field) {
      return field.endsWith("_token") && !SpecialTokens.NAMES.contains(field);
    }

    private void mergeMap() {
      for (Map.Entry<String, JsonNode> entry : folder.optional(MAP).properties()) {
        JsonNode value = entry.getValue();
        if (entry.getKey().equals(EXTRA) && value.isArray()) {
          ArrayNode both = fields.arrayNode();
          fields.path(EXTRA).forEach(both::add);
          value.forEach(token -> both.add(marked(token)));
          fields.set(EXTRA, both);
        } else {
          fields.set(entry.getKey(), entry.getKey().equals(EXTRA) ? value : marked(value));
        }
      }
      takeNamedExtras();
    }

    /** Tokens of special_tokens_map.json are special, whatever they say of themselves. */
    private static JsonNode marked(JsonNode token) {
      return token instanceof ObjectNode object ? object.deepCopy().put("special", true) : token;
    }

    private void readDecoder(Map<Integer, ObjectNode> byId) {
      for (Map.Entry<String, JsonNode> entry : config.path(DECODER).properties()) {
        if (!(entry.getValue() instanceof ObjectNode token)) {
          throw new CheckpointException(
              HuggingFaceFolder.CONFIG, "has an entry of added_tokens_decoder that is no object");
        }
        byId.put(id(entry.getKey()), AddedTokens.complete(token));
      }
    }

    private static int id(String key) {
      try {
        return Integer.parseInt(key);
      } catch (NumberFormatException e) {
        throw new CheckpointException(
            HuggingFaceFolder.CONFIG,
            "has the key '%s' in added_tokens_decoder, expected an id"
                .formatted(Printable.text(key)));
      }
    }

    private void readAdded(Map<Integer, ObjectNode> byId) {
      Set<String> special = new HashSet<>();
      SpecialTokens.NAMES.forEach(name -> addText(fields.path(name), special));
      fields.path(EXTRA).forEach(token -> addText(token, special));
      for (Map.Entry<String, JsonNode> entry : folder.optional(ADDED).properties()) {
        if (!entry.getValue().isInt()) {
          throw new CheckpointException(
              ADDED,
              "has %s for the token %s, expected an id"
                  .formatted(
                      Printable.text(entry.getValue().toString()), Printable.text(entry.getKey())));
        }
        String content = entry.getKey();
        byId.put(
            entry.getValue().intValue(),
            special.contains(content)
                ? AddedTokens.special(0, content)
                : AddedTokens.userDefined(0, content).put("normalized", true));
      }
    }

    private static void addText(JsonNode token, Set<String> texts) {
      String text = token.isObject() ? token.path("content").textValue() : token.textValue();
      if (text != null) {
        texts.add(text);
      }
    }

    private void readNamed(NamedTokens tokens) {
      for (String name : SpecialTokens.NAMES) {
        String usual = tokens.usual.get(name);
        if (fields.has(name)) {
          put(tokens.named, name, fields.path(name));
        } else if (usual != null) {
          tokens.named.put(name, AddedTokens.special(0, usual));
        }
      }
      for (Map.Entry<String, JsonNode> field : fields.properties()) {
        if (isSpecificName(field.getKey())) {
          put(tokens.named, field.getKey(), field.getValue());
        }
      }
      specific.forEach((name, token) -> put(tokens.named, name, token));
    }

    private static void put(Map<String, ObjectNode> named, String name, JsonNode value) {
      ObjectNode token = token(value);
      if (token != null) {
        named.put(name, token);
      }
    }

    /** Returns a token given by its text or with flags, or null for none. */
    private static ObjectNode token(JsonNode value) {
      if (value instanceof ObjectNode object) {
        return object.path("content").asText("").isEmpty() ? null : AddedTokens.complete(object);
      }
      boolean given = value.isTextual() && !value.textValue().isEmpty();
      return given ? AddedTokens.special(0, value.textValue()) : null;
    }
  }
}
