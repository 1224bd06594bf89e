package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A SentencePiece vocabulary of the BPE kind in terms of the tokenizers library. */
final class SentencePiece {
  static final String SPACE = "▁";

  private SentencePiece() {}

  static boolean isGemma(String architecture) {
    return architecture.startsWith("gemma");
  }

  /** Returns the pieces as the library looks them up: Gemma's runs of spaces are stored as such. */
  static List<String> spelled(String architecture, List<String> tokens) {
    if (!isGemma(architecture)) {
      return tokens;
    }
    return tokens.stream()
        .map(token -> token.contains(" ") && token.isBlank() ? SPACE.repeat(token.length()) : token)
        .toList();
  }

  private record Merge(String left, String right, double score) {}

  /** Returns listed merges as tokenizer.json spells them. */
  static ArrayNode merges(List<String> listed) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    listed.forEach(result::add);
    return result;
  }

  /**
   * Returns the merges that a vocabulary implies: every way to cut a piece into two pieces, best
   * score first, longer parts first among equals.
   *
   * <p>SentencePiece joins the pair whose joint piece has the best score; listing the pairs in that
   * order makes ordinary BPE do the same.
   */
  static ArrayNode merges(List<String> pieces, double[] scores) {
    return listed(
        implied(
            pieces,
            scores,
            Comparator.comparingDouble(Merge::score)
                .thenComparingInt(merge -> length(merge.left()))
                .thenComparingInt(merge -> length(merge.right()))
                .reversed()));
  }

  /**
   * Returns the merges as transformers 5 derives them from a file: by the place of the joint piece,
   * shorter parts first among equals.
   */
  static ArrayNode mergesByRank(List<String> pieces) {
    double[] ranks = new double[pieces.size()];
    for (int id = 0; id < ranks.length; id++) {
      ranks[id] = id;
    }
    return listed(
        implied(
            pieces,
            ranks,
            Comparator.comparingDouble(Merge::score)
                .thenComparingInt(merge -> length(merge.left()))
                .thenComparingInt(merge -> length(merge.right()))));
  }

  /**
   * Returns the merges as transformers 5.24 derives them from a file whose class it does not know:
   * of normal pieces alone, best score first, then by the place of the joint piece, shorter left
   * parts first.
   */
  static ArrayNode mergesByScore(List<String> pieces, List<SentencePieceModel.Piece> model) {
    Map<String, Integer> normal = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (model.get(id).isNormal()) {
        normal.put(pieces.get(id), id);
      }
    }
    List<Merge> merges = new ArrayList<>();
    normal.forEach((piece, id) -> merges.addAll(cuts(piece, model.get(id).score(), normal)));
    merges.sort(
        Comparator.comparingDouble((Merge merge) -> -merge.score())
            .thenComparingInt(merge -> normal.get(merge.left() + merge.right()))
            .thenComparingInt(merge -> length(merge.left())));
    return listed(merges);
  }

  private static ArrayNode listed(List<Merge> merges) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (Merge merge : merges) {
      result.addArray().add(merge.left()).add(merge.right());
    }
    return result;
  }

  private static List<Merge> implied(
      List<String> pieces, double[] scores, Comparator<Merge> order) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      List<Merge> cuts = cuts(pieces.get(id), scores[id], ids);
      cuts.sort(
          Comparator.comparingInt((Merge cut) -> ids.get(cut.left()))
              .thenComparingInt(cut -> ids.get(cut.right())));
      merges.addAll(cuts);
    }
    merges.sort(order);
    return merges;
  }

  private static List<Merge> cuts(String piece, double score, Map<String, Integer> ids) {
    List<Merge> cuts = new ArrayList<>();
    for (int at = 1; at < piece.length(); at++) {
      String left = piece.substring(0, at);
      String right = piece.substring(at);
      if (ids.containsKey(left) && ids.containsKey(right)) {
        cuts.add(new Merge(left, right, score));
      }
    }
    return cuts;
  }

  private static int length(String piece) {
    return piece.codePointCount(0, piece.length());
  }

  /** Sets normalizer, pre-tokenizer and decoder as the models of an architecture use them. */
  static void pipeline(ObjectNode root, String architecture, boolean addsSpace) {
    if (isGemma(architecture)) {
      root.set("normalizer", replace(" ", SPACE));
      ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
      split.putObject("pattern").put("String", " ");
      split.put("behavior", "MergedWithPrevious").put("invert", false);
      decoder(root, false);
    } else if (architecture.equals("phi3")) {
      ArrayNode steps =
          root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
      steps.addObject().put("type", "Prepend").put("prepend", SPACE);
      steps.add(replace(" ", SPACE));
      decoder(root, true);
    } else {
      root.putObject("pre_tokenizer")
          .put("type", "Metaspace")
          .put("replacement", SPACE)
          .put("prepend_scheme", addsSpace ? "first" : "never")
          .put("split", false);
      decoder(root, addsSpace);
    }
  }

  static void decoder(ObjectNode root, boolean stripsSpace) {
    ArrayNode steps = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
    steps.add(replace(SPACE, " "));
    steps.addObject().put("type", "ByteFallback");
    steps.addObject().put("type", "Fuse");
    if (stripsSpace) {
      steps.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
  }

  static ObjectNode replace(String from, String to) {
    ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", "Replace");
    step.putObject("pattern").put("String", from);
    return step.put("content", to);
  }
}
