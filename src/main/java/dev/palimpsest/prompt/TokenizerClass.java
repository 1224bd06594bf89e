package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Which class of transformers 5 reads a tokenizer; each builds another pipeline around the same
 * vocabulary.
 */
enum TokenizerClass {
  LLAMA,
  GEMMA,
  GPT2,
  GPT_NEOX,
  QWEN2,
  /** Takes tokenizer.json as it is, and of a SentencePiece model what it says of itself. */
  GENERIC;

  private static final String END_OF_TEXT = "<|endoftext|>";
  private static final Map<String, String> GEMMA_TOKENS =
      Map.of(
          "unk_token", "<unk>",
          "bos_token", "<bos>",
          "eos_token", "<eos>",
          "pad_token", "<pad>",
          "mask_token", "<mask>");
  static final String FIELD = "tokenizer_class";

  private static final Map<String, TokenizerClass> BY_NAME =
      Map.ofEntries(
          Map.entry("LlamaTokenizer", LLAMA),
          Map.entry("GemmaTokenizer", GEMMA),
          Map.entry("GPT2Tokenizer", GPT2),
          Map.entry("GPTNeoXTokenizer", GPT_NEOX),
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
          Map.entry("gemma3", GEMMA),
          Map.entry("gemma3_text", GEMMA),
          Map.entry("gpt2", GPT2),
          Map.entry("gpt_neox", GPT_NEOX),
          Map.entry("opt", GPT2),
          Map.entry("phi", GPT2),
          Map.entry("qwen2", QWEN2),
          Map.entry("qwen2_moe", QWEN2),
          Map.entry("qwen3", QWEN2),
          Map.entry("qwen3_moe", QWEN2),
          Map.entry("granite", GENERIC),
          Map.entry("llava", GENERIC),
          Map.entry("ministral", GENERIC),
          Map.entry("ministral3", GENERIC),
          Map.entry("mistral", GENERIC),
          Map.entry("mistral3", GENERIC),
          Map.entry("mixtral", GENERIC),
          Map.entry("olmo2", GENERIC),
          Map.entry("phi3", GENERIC),
          Map.entry("phimoe", GENERIC),
          Map.entry("stablelm", GENERIC));

  /** Families whose published files name a wrong class. */
  private static final Set<String> MISNAMED =
      Set.of("internlm2", "llava", "phi3", "phimoe", "qwen2");

  /** Tells whether the class splits text into bytes before anything else. */
  boolean splitsBytes() {
    return this == GPT2 || this == GPT_NEOX || this == QWEN2;
  }

  /** Returns the named special tokens that the class has where the files name none. */
  Map<String, String> specialTokens() {
    return switch (this) {
      case LLAMA, GENERIC -> Map.of("unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>");
      case GEMMA -> GEMMA_TOKENS;
      case GPT2 ->
          Map.of("unk_token", END_OF_TEXT, "bos_token", END_OF_TEXT, "eos_token", END_OF_TEXT);
      case GPT_NEOX ->
          Map.of(
              "unk_token", END_OF_TEXT,
              "bos_token", END_OF_TEXT,
              "eos_token", END_OF_TEXT,
              "pad_token", "<|padding|>");
      case QWEN2 ->
          Map.of("unk_token", END_OF_TEXT, "eos_token", END_OF_TEXT, "pad_token", END_OF_TEXT);
    };
  }

  /**
   * Chooses as AutoTokenizer does where there is no tokenizer.json.
   *
   * @throws CheckpointException if the files name a class that is not read here
   */
  static TokenizerClass of(ObjectNode tokenizerConfig, ObjectNode config) {
    String name = named(tokenizerConfig, config);
    return known(name, config.path("model_type").asText(""))
        .orElseThrow(
            () ->
                new CheckpointException(
                    HuggingFaceFolder.CONFIG,
                    "names the tokenizer class %s, which is read from tokenizer.json only; %s"
                        .formatted(Printable.text(name), HuggingFaceFolder.CONVERT)));
  }

  /**
   * Chooses as AutoTokenizer does where there is a tokenizer.json; a class that is not known here
   * leaves that file as it is.
   *
   * @param byteLevel whether tokenizer.json works on bytes, which Llama's class does not
   */
  static TokenizerClass ofJson(
      ObjectNode tokenizerConfig, ObjectNode config, BooleanSupplier byteLevel) {
    TokenizerClass kind =
        known(named(tokenizerConfig, config), config.path("model_type").asText("")).orElse(GENERIC);
    return kind == LLAMA && byteLevel.getAsBoolean() ? GENERIC : kind;
  }

  /**
   * Tells whether tokenizer_config.json chose the class by its name, so that another name there
   * would choose another: of some families the name is never asked.
   */
  static boolean isChosenByName(TokenizerClass kind, String name, ObjectNode config) {
    return BY_NAME.get(name.replaceFirst("Fast$", "")) == kind
        && !MISNAMED.contains(config.path("model_type").asText(""));
  }

  private static String named(ObjectNode tokenizerConfig, ObjectNode config) {
    return tokenizerConfig.path(FIELD).asText(config.path(FIELD).asText(""));
  }

  /** Returns the class that the files name, unless the family's own is another and general. */
  private static Optional<TokenizerClass> known(String name, String family) {
    TokenizerClass registered = BY_FAMILY.get(family);
    if (name.isEmpty() || registered == GENERIC || MISNAMED.contains(family)) {
      return Optional.of(registered == null ? GENERIC : registered);
    }
    TokenizerClass named = BY_NAME.get(name.replaceFirst("Fast$", ""));
    return Optional.ofNullable(named == null ? BY_NAME.get(name) : named);
  }
}
