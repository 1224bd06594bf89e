package dev.palimpsest.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The tokens that end an answer, by llama.cpp's rule for special_eog_ids (llama-vocab.cpp, July
 * 2026): those that keys of the file name, and those whose text is known to end a turn or a text,
 * whatever the keys say.
 */
final class GgufEndTokens {
  /** Texts of tokens that end an answer wherever a vocabulary has them. */
  private static final Set<String> TEXTS =
      Set.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<\uff5cend\u2581of\u2581sentence\uff5c>",
          "[e~[");

  /** Keys of tokens that end an answer. */
  private static final List<String> KEYS = List.of("eos_token_id", "eot_token_id", "eom_token_id");

  /**
   * Keys of tokens that end what is filled into a middle, with the texts that they are known by
   * where a file does not have the key.
   */
  private static final Map<String, Set<String>> FILLING =
      Map.of(
          "fim_pad_token_id", Set.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"),
          "fim_rep_token_id",
              Set.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"),
          "fim_sep_token_id", Set.of("<|file_sep|>"));

  private final List<String> tokens;
  private final Function<String, OptionalInt> idByKey;

  /**
   * Takes a vocabulary.
   *
   * @param tokens the texts by id
   * @param idByKey the id that a file has under a key, named without "tokenizer.ggml."
   */
  GgufEndTokens(List<String> tokens, Function<String, OptionalInt> idByKey) {
    this.tokens = tokens;
    this.idByKey = idByKey;
  }

  /** Returns the ids, ascending. */
  Set<Integer> ids() {
    Set<Integer> ids = new TreeSet<>();
    KEYS.forEach(key -> idByKey.apply(key).ifPresent(ids::add));
    ids.addAll(known(TEXTS));
    FILLING.forEach(
        (key, texts) -> {
          OptionalInt id = idByKey.apply(key);
          ids.addAll(id.isPresent() ? List.of(id.getAsInt()) : known(texts));
        });
    removeInnerEnds(ids);
    return ids;
  }

  private List<Integer> known(Set<String> texts) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (texts.contains(tokens.get(id))) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * Formats in which an answer has several messages end one of them with a token that ends whole
   * answers elsewhere.
   */
  private void removeInnerEnds(Set<Integer> ids) {
    Set<String> texts = new TreeSet<>();
    ids.forEach(id -> texts.add(tokens.get(id)));
    boolean calls = texts.contains("<|call|>") || texts.contains("<|calls|>");
    if (calls && (texts.contains("<|return|>") || texts.contains("<|flush|>"))) {
      ids.removeIf(id -> tokens.get(id).equals("<|end|>"));
    }
    if (texts.contains("<|tool_response>")) {
      ids.removeIf(id -> tokens.get(id).equals("</s>"));
    }
  }
}
