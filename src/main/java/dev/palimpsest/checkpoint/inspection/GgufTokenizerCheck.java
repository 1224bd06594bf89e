package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.gguf.GgufMetadata;
import dev.palimpsest.checkpoint.model.GgufCheckpoint;
import java.util.List;

/** Checks a GGUF file's tokenizer metadata: list lengths and ids against the embedding. */
final class GgufTokenizerCheck {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final List<String> IDS =
      List.of(
          "bos_token_id", "eos_token_id", "eot_token_id", "padding_token_id", "unknown_token_id");
  private static final int MAX_TEMPLATE_CHARS = 1 << 20;

  private final GgufMetadata metadata;
  private final String file;
  private final int rows;
  private final Findings findings;

  GgufTokenizerCheck(GgufCheckpoint checkpoint, Findings findings) {
    this.metadata = checkpoint.file().metadata();
    this.file = checkpoint.name();
    this.rows = checkpoint.config().positiveInt("vocab_size");
    this.findings = findings;
  }

  void check() {
    String model = metadata.text(PREFIX + "model");
    List<String> tokens = metadata.texts(PREFIX + "tokens");
    if (tokens.size() > rows) {
      throw metadata.wrong(PREFIX + "tokens", "at most " + rows + " tokens, as the embedding has");
    }
    if (tokens.size() < rows) {
      findings.info(file, "has %d tokens, the embedding %d rows".formatted(tokens.size(), rows));
    }
    requireLength("token_type", tokens.size());
    requireLength("scores", tokens.size());
    IDS.forEach(id -> requireId(id, tokens.size()));
    if (model.equals("gpt2") && !metadata.has(PREFIX + "merges")) {
      throw CheckpointException.missing(file, PREFIX + "merges", "the merges of a BPE tokenizer");
    }
    if (metadata.text("tokenizer.chat_template", "").length() > MAX_TEMPLATE_CHARS) {
      throw new CheckpointException(file, "has a chat template of more than 1 MiB");
    }
  }

  private void requireLength(String key, int tokens) {
    if (!metadata.has(PREFIX + key)) {
      return;
    }
    int length =
        key.equals("scores")
            ? metadata.numbers(PREFIX + key).length
            : metadata.integers(PREFIX + key).length;
    if (length != tokens) {
      throw metadata.wrong(PREFIX + key, "a list of " + tokens + ", one for each token");
    }
  }

  private void requireId(String key, int tokens) {
    if (metadata.has(PREFIX + key) && metadata.naturalInt(PREFIX + key) >= tokens) {
      throw metadata.wrong(PREFIX + key, "an id below " + tokens);
    }
  }
}
