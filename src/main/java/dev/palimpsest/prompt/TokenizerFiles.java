package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Builds what would stand in tokenizer.json from the older files: tokenizer.model, or vocab.json
 * and merges.txt.
 */
final class TokenizerFiles {
  static final String PIECES = "tokenizer.model";
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private final HuggingFaceFolder folder;
  private final ObjectNode config;
  private final TokenizerClass kind;
  private final Optional<SentencePieceModel> pieces;

  private TokenizerFiles(HuggingFaceFolder folder, ObjectNode config) {
    this.folder = folder;
    this.config = config;
    this.kind = TokenizerClass.of(config, folder.optional("config.json"));
    this.pieces = folder.has(PIECES) ? Optional.of(readPieces()) : Optional.empty();
  }

  /**
   * Opens the older files of a folder, if it has them.
   *
   * @throws CheckpointException if they are damaged, or of a kind that is not read
   */
  static Optional<TokenizerFiles> of(HuggingFaceFolder folder, ObjectNode config) {
    boolean there = folder.has(PIECES) || (folder.has(VOCABULARY) && folder.has(MERGES));
    return there ? Optional.of(new TokenizerFiles(folder, config)) : Optional.empty();
  }

  /** Returns vocabulary and pipeline, without added tokens. */
  ObjectNode root() {
    ObjectNode root =
        pieces
            .map(model -> new SentencePieceFile(model, kind, config, tokens().byId()).root())
            .orElseGet(this::ofMerges);
    return root.put("version", "1.0");
  }

  /** Returns the tokens that stand beside the vocabulary. */
  NamedTokens tokens() {
    return NamedTokens.ofFiles(folder, config, kind, pieces);
  }

  private SentencePieceModel readPieces() {
    if (kind.splitsBytes()) {
      throw new CheckpointException(
          PIECES, "is no file of this model's tokenizer, which needs tokenizer.json");
    }
    ByteBuffer content = folder.bytes(PIECES);
    if (isRanked(content)) {
      throw new CheckpointException(
          PIECES, "is a tiktoken vocabulary, which is not read; " + HuggingFaceFolder.CONVERT);
    }
    return SentencePieceModel.read(PIECES, content);
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
    if (!kind.splitsBytes()) {
      throw new CheckpointException(
          VOCABULARY,
          "does not say how text is split; name GPT2Tokenizer or Qwen2Tokenizer as tokenizer_class"
              + " in tokenizer_config.json, or give tokenizer.json");
    }
    String merges = folder.largeText(MERGES);
    boolean space = config.path("add_prefix_space").asBoolean();
    return ByteLevelFiles.root(folder.object(VOCABULARY), MERGES, merges, kind, space);
  }
}
