package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The named special tokens of a tokenizer as text, for instance bos_token → {@code <s>}.
 *
 * @param byName text by the name that tokenizer_config.json and chat templates use; a token that
 *     the tokenizer lacks is absent
 */
public record SpecialTokens(Map<String, String> byName) {
  static final String BOS = "bos_token";
  static final String EOS = "eos_token";
  static final String UNK = "unk_token";
  static final String PAD = "pad_token";
  static final List<String> NAMES =
      List.of(BOS, EOS, UNK, "sep_token", PAD, "cls_token", "mask_token");

  public SpecialTokens {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Tells whether a token of added_tokens is one of them. */
  boolean isNamed(JsonNode token) {
    return byName.containsValue(token.path("content").asText());
  }

  /** Returns the beginning-of-sequence token, if the tokenizer has one. */
  public Optional<String> bos() {
    return Optional.ofNullable(byName.get(BOS));
  }

  /** Returns the end-of-sequence token, if the tokenizer has one. */
  public Optional<String> eos() {
    return Optional.ofNullable(byName.get(EOS));
  }
}
