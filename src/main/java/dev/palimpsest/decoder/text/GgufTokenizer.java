package dev.palimpsest.decoder.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a tokenizer from the tokenizer.ggml.* keys of a GGUF file.
 *
 * <p>The keys are described in the GGUF specification of ggml; llama.cpp's names for pre-tokenizers
 * are in {@link GgufPreTokenizer}. The result is the tokenizer.json that the model was converted
 * from, as far as the metadata keeps it.
 */
final class GgufTokenizer {
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final Map<String, String> SPECIAL_KEYS =
      Map.of(
          SpecialTokens.BOS, "bos_token_id",
          SpecialTokens.EOS, "eos_token_id",
          SpecialTokens.UNK, "unknown_token_id",
          SpecialTokens.PAD, "padding_token_id");

  private final GgufMetadata metadata;
  private final List<String> tokens;
  private final List<Integer> types;
  private final String kind;
  private final Map<String, Integer> specialIds = new LinkedHashMap<>();

  private GgufTokenizer(GgufMetadata metadata) {
    this.metadata = metadata;
    this.kind = metadata.text("tokenizer.ggml.model").orElse("");
    this.tokens = metadata.texts("tokenizer.ggml.tokens");
    this.types = metadata.integers("tokenizer.ggml.token_type");
    if (tokens.isEmpty()) {
      throw metadata.broken(
          "has no tokenizer.ggml.tokens; convert the model again, with its vocabulary.");
    }
    for (String name : SpecialTokens.NAMES) {
      metadata.integer(idKey(name)).ifPresent(id -> specialIds.put(name, id));
    }
  }

  static TokenizerDefinition read(String file, Map<String, ?> metadata) {
    return new GgufTokenizer(new GgufMetadata(file, metadata)).definition();
  }

  private TokenizerDefinition definition() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    root.set("added_tokens", addedTokens());
    if (kind.equals("gpt2")) {
      buildByteLevel(root);
    } else if (kind.equals("llama")) {
      buildSentencePiece(root);
    } else {
      throw metadata.broken(
          "has a tokenizer of kind '%s'; gpt2 (byte-level BPE) and llama (SentencePiece) are supported."
              .formatted(kind));
    }
    SpecialTokens specialTokens = specialTokens();
    TokenizerJson json = new TokenizerJson(metadata.file(), root);
    root.set(
        "post_processor",
        PostProcessors.surrounding(
            json,
            addsBos() ? specialTokens.bos().orElse(null) : null,
            metadata.flag("tokenizer.ggml.add_eos_token").orElse(false)
                ? specialTokens.eos().orElse(null)
                : null));
    return new TokenizerDefinition(json, specialTokens, endIds());
  }

  private boolean addsBos() {
    return metadata
        .flag("tokenizer.ggml.add_bos_token")
        .orElseGet(() -> kind.equals("llama") || preTokenizer().isLlama3());
  }

  private GgufPreTokenizer preTokenizer() {
    String name = metadata.text("tokenizer.ggml.pre").orElse("default");
    return GgufPreTokenizer.named(name)
        .orElseThrow(
            () ->
                metadata.broken(
                    "names the pre-tokenizer '%s', which is not supported; use the model's original Hugging Face folder."
                        .formatted(name)));
  }

  private void buildByteLevel(ObjectNode root) {
    GgufPreTokenizer preTokenizer = preTokenizer();
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      vocabulary.put(isAdded(id) ? token : ByteLevel.spell(token), id);
    }
    ArrayNode merges = model.putArray("merges");
    metadata.texts("tokenizer.ggml.merges").forEach(merges::add);
    model.put("ignore_merges", preTokenizer.isLlama3());
    preTokenizer.normalizer().ifPresent(normalizer -> root.set("normalizer", normalizer));
    root.set("pre_tokenizer", preTokenizer.toJson());
    root.set("decoder", ByteLevel.decoder());
  }

  private void buildSentencePiece(ObjectNode root) {
    List<String> pieces = SentencePiece.spelled(architecture(), tokens);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.put("byte_fallback", true).put("fuse_unk", true);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.put(pieces.get(id), id);
    }
    model.set("merges", SentencePiece.merges(pieces, rank(pieces), explicitMerges()));
    boolean addsSpace = metadata.flag("tokenizer.ggml.add_space_prefix").orElse(true);
    SentencePiece.pipeline(root, architecture(), addsSpace);
  }

  private List<String> explicitMerges() {
    return metadata.texts("tokenizer.ggml.merges");
  }

  /** Gemma's scores do not follow its merge order; the order of its tokens does. */
  private double[] rank(List<String> pieces) {
    double[] scores = metadata.numbers("tokenizer.ggml.scores");
    if (SentencePiece.isGemma(architecture())) {
      double[] byPosition = new double[pieces.size()];
      for (int id = 0; id < byPosition.length; id++) {
        byPosition[id] = -id;
      }
      return byPosition;
    }
    if (scores.length != pieces.size() && explicitMerges().isEmpty()) {
      throw metadata.broken(
          "has %d tokens but %d tokenizer.ggml.scores; convert the model again."
              .formatted(pieces.size(), scores.length));
    }
    return scores;
  }

  private String architecture() {
    return metadata.text("general.architecture").orElse("");
  }

  private ArrayNode addedTokens() {
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      if (!token.isEmpty() && isControl(id)) {
        added.add(AddedTokens.special(id, token));
      } else if (!token.isEmpty() && isAdded(id)) {
        added.add(AddedTokens.userDefined(id, token));
      }
    }
    return added;
  }

  private boolean isAdded(int id) {
    return isControl(id) || hasType(id, USER_DEFINED);
  }

  private boolean isControl(int id) {
    return hasType(id, CONTROL) || specialIds.containsValue(id);
  }

  private boolean hasType(int id, int type) {
    return id < types.size() && types.get(id) == type;
  }

  private static String idKey(String name) {
    return "tokenizer.ggml." + SPECIAL_KEYS.getOrDefault(name, name + "_id");
  }

  private SpecialTokens specialTokens() {
    Map<String, String> byName = new LinkedHashMap<>();
    specialIds.forEach((name, id) -> byName.put(name, token(name, id)));
    return new SpecialTokens(byName);
  }

  private String token(String name, int id) {
    if (id < 0 || id >= tokens.size()) {
      throw metadata.broken(
          "gives %s the id %d, but there are %d tokens.".formatted(name, id, tokens.size()));
    }
    return tokens.get(id);
  }

  private Set<Integer> endIds() {
    List<Integer> ids = new ArrayList<>();
    for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
      metadata.integer("tokenizer.ggml." + key).ifPresent(ids::add);
    }
    return Set.copyOf(ids);
  }
}
