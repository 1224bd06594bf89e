package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tokenizer.TokenizerVocabulary;

/**
 * The pipeline that classes of transformers 5 which split text into bytes build anew around the
 * vocabulary of a tokenizer.json, whatever that file says of its own.
 */
final class RebuiltPipeline {
  private static final String BYTES = "ByteLevel";

  private RebuiltPipeline() {}

  /**
   * Puts the class's pipeline in the place of the file's.
   *
   * @throws CheckpointException if the vocabulary is of another kind, of which the class would make
   *     nothing that means anything
   */
  static void apply(
      ObjectNode root, TokenizerClass kind, ObjectNode tokenizerConfig, ObjectNode config) {
    if (!kind.splitsBytes() && kind != TokenizerClass.GEMMA) {
      return;
    }
    boolean bytes = has(root.path("pre_tokenizer")) || has(root.path("decoder"));
    boolean merges = root.at("/model/merges").isArray();
    if (!merges || bytes != kind.splitsBytes()) {
      throw refused(kind, tokenizerConfig, config);
    }
    if (kind.splitsBytes()) {
      ByteLevelFiles.build(root, kind, tokenizerConfig.path("add_prefix_space").asBoolean());
    }
    if (kind == TokenizerClass.GPT_NEOX) {
      root.putNull("post_processor"); // the one class that does not take over the file's
    }
  }

  private static boolean has(JsonNode steps) {
    return steps.findValuesAsText("type").contains(BYTES);
  }

  private static CheckpointException refused(
      TokenizerClass kind, ObjectNode tokenizerConfig, ObjectNode config) {
    String named = tokenizerConfig.path(TokenizerClass.FIELD).asText("");
    String wish = kind.splitsBytes() ? "splits text into bytes" : "does not split text into bytes";
    return !TokenizerClass.isChosenByName(kind, named, config)
        ? new CheckpointException(
            HuggingFaceFolder.TOKENIZER,
            "is not of the kind that transformers reads for this family, which %s; %s"
                .formatted(wish, TokenizerVocabulary.COPY))
        : new CheckpointException(
            HuggingFaceFolder.CONFIG,
            "names %s, which %s, as tokenizer.json does not; name PreTrainedTokenizerFast as tokenizer_class to have that file read as it stands, or %s"
                .formatted(Printable.text(named), wish, TokenizerVocabulary.COPY));
  }
}
