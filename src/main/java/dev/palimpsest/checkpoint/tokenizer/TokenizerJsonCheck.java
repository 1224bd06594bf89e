package dev.palimpsest.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;

/**
 * What a tokenizer.json has to satisfy before native code sees it.
 *
 * <p>The library trusts its input: a pattern that backtracks for ever or a chain of replacements
 * would stop or kill the process. What the library refuses by itself is left to it.
 */
public final class TokenizerJsonCheck {
  private TokenizerJsonCheck() {}

  /**
   * Checks vocabulary, added tokens and pipeline.
   *
   * @return the vocabulary
   * @throws CheckpointException with one sentence that says what is wrong
   */
  public static TokenizerVocabulary check(String file, JsonNode root) {
    new PipelineCheck(file).check(root);
    TokenizerVocabulary vocabulary = TokenizerVocabulary.read(file, root);
    for (JsonNode special : root.path("post_processor").findValues("ids")) {
      special.forEach(id -> requireToken(file, vocabulary, id));
    }
    return vocabulary;
  }

  private static void requireToken(String file, TokenizerVocabulary vocabulary, JsonNode id) {
    if (!id.isInt() || !vocabulary.has(id.intValue())) {
      throw new CheckpointException(
          file,
          "has a post_processor that adds the id %s, which no token has"
              .formatted(Printable.text(id.toString())));
    }
  }
}
