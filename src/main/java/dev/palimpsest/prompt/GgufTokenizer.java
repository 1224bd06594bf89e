package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.gguf.GgufMetadata;
import dev.palimpsest.checkpoint.tokenizer.TokenizerJsonCheck;
import java.util.List;

/**
 * Builds a tokenizer from the tokenizer.ggml.* keys of a GGUF file.
 *
 * <p>The keys are described in the GGUF specification of ggml; llama.cpp's names for pre-tokenizers
 * are in {@link GgufPreTokenizer}. The result is the tokenizer.json that the model was converted
 * from, as far as the metadata keeps it.
 */
final class GgufTokenizer {
  private static final String PREFIX = "tokenizer.ggml.";

  private final String file;
  private final GgufMetadata metadata;
  private final String kind;
  private final GgufVocabulary vocabulary;

  private GgufTokenizer(String file, GgufMetadata metadata) {
    this.file = file;
    this.metadata = metadata;
    this.kind = metadata.text(PREFIX + "model");
    this.vocabulary = new GgufVocabulary(file, metadata);
  }

  /** Reads the definition; {@code file} is the name that the user knows. */
  static TokenizerDefinition read(String file, GgufMetadata metadata) {
    return new GgufTokenizer(file, metadata).definition();
  }

  private TokenizerDefinition definition() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    root.set("added_tokens", vocabulary.addedTokens());
    switch (kind) {
      case "gpt2" -> buildByteLevel(root);
      case "llama" -> buildSentencePiece(root);
      default ->
          throw metadata.wrong(PREFIX + "model", "gpt2 (byte-level BPE) or llama (SentencePiece)");
    }
    SpecialTokens specialTokens = vocabulary.specialTokens();
    boolean addsEos = metadata.flag(PREFIX + "add_eos_token", false);
    String bos = addsBos() ? specialTokens.bos().orElse(null) : null;
    String eos = addsEos ? specialTokens.eos().orElse(null) : null;
    TokenizerJsonCheck.check(file, root);
    TokenizerJson json = new TokenizerJson(file, root);
    root.set("post_processor", PostProcessors.surrounding(json, bos, eos));
    return new TokenizerDefinition(json, specialTokens, vocabulary.endIds(), List.of());
  }

  /** Files without the flag leave the choice to llama.cpp, which adds BOS for these kinds. */
  private boolean addsBos() {
    String key = PREFIX + "add_bos_token";
    return metadata.has(key)
        ? metadata.flag(key, false)
        : kind.equals("llama") || preTokenizer().isTiktoken();
  }

  private GgufPreTokenizer preTokenizer() {
    String name = metadata.text(PREFIX + "pre", "default");
    return GgufPreTokenizer.named(name)
        .orElseThrow(
            () ->
                new CheckpointException(
                    file,
                    "splits text by the rule '%s', which is not supported; use the model's Hugging Face folder instead"
                        .formatted(name)));
  }

  private void buildByteLevel(ObjectNode root) {
    GgufPreTokenizer preTokenizer = preTokenizer();
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode ids = model.putObject("vocab");
    List<String> tokens = vocabulary.tokens();
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      if (!vocabulary.isPlaceholder(id)) {
        ids.put(vocabulary.isMatchedWhole(id) ? token : ByteLevel.spell(token), id);
      }
    }
    metadata.texts(PREFIX + "merges").forEach(model.putArray("merges")::add);
    model.put("ignore_merges", preTokenizer.isTiktoken());
    preTokenizer.normalizer().ifPresent(normalizer -> root.set("normalizer", normalizer));
    root.set("pre_tokenizer", preTokenizer.toJson());
    root.set("decoder", ByteLevel.decoder());
  }

  private void buildSentencePiece(ObjectNode root) {
    String architecture = metadata.text("general.architecture", "");
    List<String> pieces = SentencePiece.spelled(architecture, vocabulary.tokens());
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.put("byte_fallback", true).put("fuse_unk", true);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      if (!vocabulary.isPlaceholder(id)) {
        ids.put(pieces.get(id), id);
      }
    }
    boolean listsMerges = metadata.has(PREFIX + "merges");
    model.set(
        "merges",
        listsMerges
            ? SentencePiece.merges(metadata.texts(PREFIX + "merges"))
            : SentencePiece.merges(pieces, scores(architecture, pieces)));
    boolean addsSpace = metadata.flag(PREFIX + "add_space_prefix", true);
    SentencePiece.pipeline(root, architecture, addsSpace);
  }

  /** Gemma's scores do not follow its merge order; the order of its tokens does. */
  private double[] scores(String architecture, List<String> pieces) {
    if (SentencePiece.isGemma(architecture)) {
      double[] byPosition = new double[pieces.size()];
      for (int id = 0; id < byPosition.length; id++) {
        byPosition[id] = -id;
      }
      return byPosition;
    }
    double[] scores = metadata.numbers(PREFIX + "scores");
    if (scores.length != pieces.size()) {
      throw metadata.wrong(PREFIX + "scores", "a list of " + pieces.size() + " numbers");
    }
    return scores;
  }
}
