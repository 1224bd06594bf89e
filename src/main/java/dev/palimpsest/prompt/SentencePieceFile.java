package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A SentencePiece model in terms of the tokenizers library, as transformers 5 converts it. */
final class SentencePieceFile {
  private final SentencePieceModel model;
  private final TokenizerClass kind;
  private final ObjectNode config;

  SentencePieceFile(SentencePieceModel model, TokenizerClass kind, ObjectNode config) {
    this.model = model;
    this.kind = kind;
    this.config = config;
  }

  /** Returns model, pipeline and the tokens that the file marks as matched whole. */
  ObjectNode root() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    List<String> pieces = pieces();
    if (model.unigram() && kind == TokenizerClass.GENERIC) {
      root.set("model", unigram(pieces));
    } else {
      root.set("model", merging(pieces));
    }
    root.set("added_tokens", matchedWhole(pieces));
    switch (kind) {
      case LLAMA -> llamaPipeline(root);
      case GEMMA -> SentencePiece.pipeline(root, "gemma", false);
      default -> genericPipeline(root);
    }
    return root;
  }

  /** Returns the pieces; placeholders may have been given a name since. */
  private List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    model.pieces().forEach(piece -> pieces.add(piece.text()));
    if (kind == TokenizerClass.GENERIC) {
      Set<String> known = new HashSet<>(pieces);
      for (Map.Entry<String, JsonNode> entry : config.path("added_tokens_decoder").properties()) {
        String name = entry.getValue().path("content").asText();
        int id = entry.getKey().matches("\\d{1,9}") ? Integer.parseInt(entry.getKey()) : -1;
        if (id >= 0 && id < pieces.size() && !name.isEmpty() && known.add(name)) {
          pieces.set(id, name);
        }
      }
    }
    return pieces;
  }

  private ObjectNode unigram(List<String> pieces) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "Unigram");
    node.put("unk_id", model.unknownId()).put("byte_fallback", model.byteFallback());
    ArrayNode vocabulary = node.putArray("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.addArray().add(pieces.get(id)).add((double) model.pieces().get(id).score());
    }
    return node;
  }

  private ObjectNode merging(List<String> pieces) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "BPE");
    boolean bytes = kind != TokenizerClass.GENERIC || model.byteFallback();
    node.put("fuse_unk", true).put("byte_fallback", bytes);
    if (kind != TokenizerClass.LLAMA) {
      node.put("unk_token", pieces.get(model.unknownId()));
    }
    ObjectNode ids = node.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    node.set("merges", SentencePiece.mergesByRank(pieces));
    return node;
  }

  private ArrayNode matchedWhole(List<String> pieces) {
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    for (int id = 0; id < pieces.size(); id++) {
      SentencePieceModel.Piece piece = model.pieces().get(id);
      if (piece.isMatchedWhole()) {
        String text = pieces.get(id);
        added.add(
            piece.isControl() ? AddedTokens.special(id, text) : AddedTokens.userDefined(id, text));
      }
    }
    return added;
  }

  private void llamaPipeline(ObjectNode root) {
    boolean space = config.path("add_prefix_space").asBoolean(true);
    boolean legacy = config.path("legacy").asBoolean(false);
    SentencePiece.pipeline(root, "llama", space);
    if (space && legacy) {
      ((ObjectNode) root.get("pre_tokenizer")).put("prepend_scheme", "always");
    }
  }

  private void genericPipeline(ObjectNode root) {
    ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    if (model.charsmap().hasRemaining()) {
      byte[] map = new byte[model.charsmap().remaining()];
      model.charsmap().duplicate().get(map);
      steps.addObject().put("type", "Precompiled").put("precompiled_charsmap", map);
    }
    steps.add(SentencePiece.replace(" ", SentencePiece.SPACE));
    if (model.byteFallback()) {
      SentencePiece.decoder(root, false);
    } else {
      ObjectNode decoder = root.putObject("decoder").put("type", "Sequence");
      decoder.putArray("decoders").add(SentencePiece.replace(SentencePiece.SPACE, " "));
    }
  }
}
