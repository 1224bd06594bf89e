package dev.palimpsest.checkpoint.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.tokenizer.SentencePieceModel;
import dev.palimpsest.checkpoint.tokenizer.TokenizerJsonCheck;
import dev.palimpsest.checkpoint.tokenizer.TokenizerVocabulary;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Checks of the tokenizer's files what can be checked without running the tokenizer: structure,
 * ids, merges, and that every id has a row in the embedding.
 */
final class TokenizerFileCheck {
  static final String TOKENIZER = "tokenizer.json";
  private static final String PIECES = "tokenizer.model";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  private static final String TEMPLATE = "chat_template.jinja";
  private static final long MAX_BYTES = 128L << 20;
  private static final long MAX_CONFIG_BYTES = 16L << 20;
  private static final long MAX_TEMPLATE_BYTES = 1L << 20;

  private final Path folder;
  private final int rows;
  private final Findings findings;

  /**
   * Creates the check.
   *
   * @param rows the rows of the embedding: ids must be below
   */
  TokenizerFileCheck(Path folder, int rows, Findings findings) {
    this.folder = folder;
    this.rows = rows;
    this.findings = findings;
  }

  void check() {
    findings.passes(this::checkTokenizer);
    if (exists(TOKENIZER_CONFIG)) {
      findings.passes(this::checkTemplateInConfig);
    }
    if (exists(TEMPLATE)) {
      findings.passes(this::checkTemplateFile);
    }
  }

  private void checkTokenizer() {
    if (exists(TOKENIZER)) {
      ObjectNode node = StrictJson.object(folder.resolve(TOKENIZER), TOKENIZER, MAX_BYTES);
      TokenizerVocabulary vocabulary = TokenizerJsonCheck.check(TOKENIZER, node);
      vocabulary.requireRows(rows);
      TokenizerVocabulary.requireCover(TOKENIZER, vocabulary.size(), rows);
      sayPadding(TOKENIZER, vocabulary.highestId() + 1);
    } else if (exists(PIECES)) {
      checkPieces();
    } else if (!exists(VOCABULARY) || !exists(MERGES)) {
      throw new CheckpointException(TOKENIZER, "is missing; " + TokenizerVocabulary.COPY);
    }
  }

  private void checkPieces() {
    try (ModelFile file = ModelFile.open(folder.resolve(PIECES), PIECES)) {
      if (file.size() > MAX_BYTES) {
        throw new CheckpointException(PIECES, "has more than %d bytes".formatted(MAX_BYTES));
      }
      byte[] content = file.head((int) file.size());
      int pieces = SentencePieceModel.read(PIECES, ByteBuffer.wrap(content)).pieces().size();
      if (pieces > rows) {
        throw new CheckpointException(
            PIECES,
            "has %d tokens, the embedding %d rows; they do not belong together"
                .formatted(pieces, rows));
      }
      TokenizerVocabulary.requireCover(PIECES, pieces, rows);
      sayPadding(PIECES, pieces);
    }
  }

  private void sayPadding(String file, int ids) {
    if (rows < Integer.MAX_VALUE && ids < rows) {
      findings.info(
          file, "has %d ids, the embedding %d rows; the rest is padding".formatted(ids, rows));
    }
  }

  private void checkTemplateInConfig() {
    JsonNode template =
        StrictJson.object(folder.resolve(TOKENIZER_CONFIG), TOKENIZER_CONFIG, MAX_CONFIG_BYTES)
            .path("chat_template");
    boolean absent = template.isMissingNode() || template.isNull();
    if (!absent && !template.isTextual() && !isNamedList(template)) {
      throw new CheckpointException(
          TOKENIZER_CONFIG, "chat_template must be a string, not " + StrictJson.kind(template));
    }
    if (template.isTextual() && template.textValue().length() > MAX_TEMPLATE_BYTES) {
      throw tooLong(TOKENIZER_CONFIG);
    }
  }

  private static boolean isNamedList(JsonNode template) {
    if (!template.isArray()) {
      return false;
    }
    for (JsonNode entry : template) {
      if (!entry.path("name").isTextual() || !entry.path("template").isTextual()) {
        return false;
      }
    }
    return true;
  }

  private void checkTemplateFile() {
    try (ModelFile file = ModelFile.open(folder.resolve(TEMPLATE), TEMPLATE)) {
      if (file.size() > MAX_TEMPLATE_BYTES) {
        throw tooLong(TEMPLATE);
      }
      String unused = StrictJson.text(file.head((int) file.size()), TEMPLATE, "");
    }
  }

  private static CheckpointException tooLong(String file) {
    return new CheckpointException(file, "has a chat template of more than 1 MiB");
  }

  private boolean exists(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}
