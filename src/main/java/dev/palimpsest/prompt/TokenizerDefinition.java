package dev.palimpsest.prompt;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that makes a tokenizer, whichever file it came from.
 *
 * @param json vocabulary, merges and pipeline in the format of tokenizer.json
 * @param specialTokens the named special tokens
 * @param endIds ids that end a generation, as the checkpoint says; empty to use eos_token
 * @param notes what is worth knowing of the files, as sentences that follow a file's name
 */
record TokenizerDefinition(
    TokenizerJson json, SpecialTokens specialTokens, Set<Integer> endIds, List<String> notes) {
  TokenizerDefinition {
    Objects.requireNonNull(json, "json is null");
    Objects.requireNonNull(specialTokens, "specialTokens is null");
    endIds = Set.copyOf(endIds);
    notes = List.copyOf(notes);
  }

  /** Returns the id of a named special token such as bos_token. */
  OptionalInt idOfSpecial(String name) {
    String token = specialTokens.byName().get(name);
    return token == null ? OptionalInt.empty() : json.idOf(token);
  }
}
