package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A SentencePiece model in terms of the tokenizers library, as transformers 5 converts it. */
final class SentencePieceFile {
  /** What a regular expression would not take as it is. */
  private static final Pattern SPECIAL = Pattern.compile("[-\\[\\]{}()*+?.\\\\^$|#&~\\s]");

  private final SentencePieceModel model;
  private final TokenizerClass kind;
  private final ObjectNode config;
  private final Map<Integer, ObjectNode> named;

  /**
   * Takes what the pipeline follows from.
   *
   * @param named the tokens that the files beside name, by the ids they give
   */
  SentencePieceFile(
      SentencePieceModel model,
      TokenizerClass kind,
      ObjectNode config,
      Map<Integer, ObjectNode> named) {
    this.model = model;
    this.kind = kind;
    this.config = config;
    this.named = named;
  }

  /** Returns model and pipeline. */
  ObjectNode root() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    List<String> pieces = pieces();
    if (model.unigram() && kind == TokenizerClass.GENERIC) {
      root.set("model", unigram(pieces));
    } else {
      root.set("model", merging(pieces));
    }
    switch (kind) {
      case LLAMA -> llamaPipeline(root);
      case GEMMA -> SentencePiece.pipeline(root, "gemma", false);
      default -> genericPipeline(root, pieces);
    }
    return root;
  }

  /** Returns the pieces; placeholders may have been given a name since. */
  private List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    model.pieces().forEach(piece -> pieces.add(piece.text()));
    if (kind == TokenizerClass.GENERIC && !model.unigram()) {
      rename(pieces);
    }
    return pieces;
  }

  /** A name that a piece without a new one has is not given a second time. */
  private void rename(List<String> pieces) {
    Set<String> kept = new HashSet<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (!named.containsKey(id)) {
        kept.add(pieces.get(id));
      }
    }
    named.forEach(
        (id, token) -> {
          String name = token.path("content").asText();
          if (id >= 0 && id < pieces.size() && !kept.contains(name)) {
            pieces.set(id, name);
          }
        });
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
    if (kind == TokenizerClass.GEMMA) {
      node.put("unk_token", pieces.get(model.unknownId()));
    }
    ObjectNode ids = node.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    if (kind == TokenizerClass.GENERIC) {
      node.put("unk_token", model.names().get("unk_token"));
      node.put("ignore_merges", !userDefined(pieces).isEmpty());
      node.set("merges", SentencePiece.mergesByScore(pieces, model.pieces()));
    } else {
      node.set("merges", SentencePiece.mergesByRank(pieces));
    }
    return node;
  }

  private void llamaPipeline(ObjectNode root) {
    boolean space = config.path("add_prefix_space").asBoolean(true);
    boolean legacy = config.path("legacy").asBoolean(false);
    SentencePiece.pipeline(root, "llama", space);
    if (space && legacy) {
      ((ObjectNode) root.get("pre_tokenizer")).put("prepend_scheme", "always");
    }
  }

  private List<String> userDefined(List<String> pieces) {
    List<String> texts = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (model.pieces().get(id).isUserDefined()) {
        texts.add(pieces.get(id));
      }
    }
    return texts;
  }

  /** Prepares text as SentencePiece does, by what the model says of itself. */
  private void genericPipeline(ObjectNode root, List<String> pieces) {
    boolean legacy = config.path("legacy").asBoolean(true);
    ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    if (model.charsmap().hasRemaining()) {
      byte[] map = new byte[model.charsmap().remaining()];
      model.charsmap().duplicate().get(map);
      steps.addObject().put("type", "Precompiled").put("precompiled_charsmap", map);
    }
    if (model.spaces().collapsed()) {
      steps.add(replaced("\\A +| +\\z", "")).add(replaced(" {2,}", " "));
    }
    if (model.spaces().escaped()) {
      steps.add(SentencePiece.replace(" ", SentencePiece.SPACE));
    }
    if (model.spaces().prefixed() && legacy) {
      // Metaspace leaves a text alone that begins with the visible space
      steps.add(replaced("\\A" + SentencePiece.SPACE, SentencePiece.SPACE.repeat(2)));
    }
    splitGenerically(root, legacy, userDefined(pieces));
    decodeGenerically(root.putObject("decoder").put("type", "Sequence").putArray("decoders"));
  }

  private static ObjectNode replaced(String expression, String content) {
    ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", "Replace");
    step.putObject("pattern").put("Regex", expression);
    return step.put("content", content);
  }

  private void splitGenerically(ObjectNode root, boolean legacy, List<String> userDefined) {
    ArrayNode steps = root.arrayNode();
    if (model.spaces().prefixed()) {
      steps
          .addObject()
          .put("type", "Metaspace")
          .put("replacement", SentencePiece.SPACE)
          .put("prepend_scheme", legacy ? "always" : "first")
          .put("split", false);
    }
    if (!userDefined.isEmpty()) {
      ObjectNode split = steps.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", anyOf(userDefined));
      split.put("behavior", "Isolated").put("invert", false);
    }
    if (!steps.isEmpty()) {
      root.putObject("pre_tokenizer").put("type", "Sequence").set("pretokenizers", steps);
    }
  }

  private static String anyOf(List<String> texts) {
    return texts.stream()
        .sorted(Comparator.comparingInt(text -> -text.codePointCount(0, text.length())))
        .map(text -> SPECIAL.matcher(text).replaceAll("\\\\$0"))
        .collect(Collectors.joining("|"));
  }

  private void decodeGenerically(ArrayNode steps) {
    steps.add(SentencePiece.replace(SentencePiece.SPACE, " "));
    if (model.byteFallback()) {
      steps.addObject().put("type", "ByteFallback");
    }
    if (model.spaces().prefixed()) {
      steps.addObject().put("type", "Fuse");
      steps.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    } else if (model.byteFallback()) {
      steps.addObject().put("type", "Fuse");
    }
  }
}
