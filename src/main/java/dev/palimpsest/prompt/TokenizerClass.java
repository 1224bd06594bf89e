package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Shown;
import java.util.Map;
import java.util.Set;

/**
 * Which class of transformers 5 reads a tokenizer that has no tokenizer.json; each builds another
 * pipeline around the same vocabulary.
 */
enum TokenizerClass {
  LLAMA,
  GEMMA,
  GPT2,
  QWEN2,
  /** Built from what the SentencePiece model says of itself. */
  GENERIC;

  private static final String END_OF_TEXT = "<|endoftext|>";
  private static final Map<String, String> GEMMA_TOKENS =
      Map.of(
          "unk_token", "<unk>",
          "bos_token", "<bos>",
          "eos_token", "<eos>",
          "pad_token", "<pad>",
          "mask_token", "<mask>");
  private static final String FIELD = "tokenizer_class";

  private static final Map<String, TokenizerClass> BY_NAME =
      Map.ofEntries(
          Map.entry("LlamaTokenizer", LLAMA),
          Map.entry("GemmaTokenizer", GEMMA),
          Map.entry("GPT2Tokenizer", GPT2),
          Map.entry("Qwen2Tokenizer", QWEN2),
          Map.entry("TokenizersBackend", GENERIC),
          Map.entry("PreTrainedTokenizer", GENERIC),
          Map.entry("PreTrainedTokenizerFast", GENERIC),
          Map.entry("PreTrainedTokenizerBase", GENERIC));

  /** Families for which transformers registers a class. */
  private static final Map<String, TokenizerClass> BY_FAMILY =
      Map.ofEntries(
          Map.entry("gemma", GEMMA),
          Map.entry("gemma2", GEMMA),
          Map.entry("gemma3_text", GEMMA),
          Map.entry("gpt2", GPT2),
          Map.entry("opt", GPT2),
          Map.entry("phi", GPT2),
          Map.entry("qwen2", QWEN2),
          Map.entry("qwen2_moe", QWEN2),
          Map.entry("qwen3", QWEN2),
          Map.entry("qwen3_moe", QWEN2),
          Map.entry("granite", GENERIC),
          Map.entry("mistral", GENERIC),
          Map.entry("mixtral", GENERIC),
          Map.entry("olmo2", GENERIC),
          Map.entry("phi3", GENERIC),
          Map.entry("stablelm", GENERIC));

  /** Families whose published files name a wrong class. */
  private static final Set<String> MISNAMED = Set.of("phi3", "qwen2", "internlm2");

  /** Returns the named special tokens that the class has where the files name none. */
  Map<String, String> specialTokens() {
    return switch (this) {
      case LLAMA, GENERIC -> Map.of("unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>");
      case GEMMA -> GEMMA_TOKENS;
      case GPT2 ->
          Map.of("unk_token", END_OF_TEXT, "bos_token", END_OF_TEXT, "eos_token", END_OF_TEXT);
      case QWEN2 ->
          Map.of("unk_token", END_OF_TEXT, "eos_token", END_OF_TEXT, "pad_token", END_OF_TEXT);
    };
  }

  /**
   * Chooses as AutoTokenizer does: the class that the files name, unless the family's own is
   * another and general.
   *
   * @throws CheckpointException if the files name a class that is not read here
   */
  static TokenizerClass of(ObjectNode tokenizerConfig, ObjectNode config) {
    String family = config.path("model_type").asText("");
    TokenizerClass registered = BY_FAMILY.get(family);
    String name = tokenizerConfig.path(FIELD).asText(config.path(FIELD).asText(""));
    if (name.isEmpty() || registered == GENERIC || MISNAMED.contains(family)) {
      return registered == null ? GENERIC : registered;
    }
    TokenizerClass named = BY_NAME.get(name.replaceFirst("Fast$", ""));
    if (named == null) {
      named = BY_NAME.get(name);
    }
    if (named == null) {
      throw new CheckpointException(
          HuggingFaceFolder.CONFIG,
          "names the tokenizer class %s, which is read from tokenizer.json only; %s"
              .formatted(Shown.text(name), HuggingFaceFolder.CONVERT));
    }
    return named;
  }
}
