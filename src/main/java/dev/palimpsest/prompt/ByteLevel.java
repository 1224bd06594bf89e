package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * The byte alphabet of GPT-2: every byte is written as one visible character.
 *
 * <p>Bytes that are visible in Latin-1 stand for themselves; the others are numbered from U+0100 in
 * their order.
 */
final class ByteLevel {
  private static final char[] SPELLING = spelling();
  private static final boolean[] IN_ALPHABET = alphabet();

  private ByteLevel() {}

  private static char[] spelling() {
    char[] spelling = new char[256];
    char next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean visible =
          (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
      spelling[value] = visible ? (char) value : next++;
    }
    return spelling;
  }

  private static boolean[] alphabet() {
    boolean[] alphabet = new boolean[0x200];
    for (char c : SPELLING) {
      alphabet[c] = true;
    }
    return alphabet;
  }

  /** Returns the token in the byte alphabet; one that is spelled in it already stays as it is. */
  static String spell(String token) {
    if (token.chars().allMatch(c -> c < IN_ALPHABET.length && IN_ALPHABET[c])) {
      return token;
    }
    StringBuilder spelled = new StringBuilder();
    for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
      spelled.append(SPELLING[value & 0xFF]);
    }
    return spelled.toString();
  }

  /** Returns the step that writes text in the byte alphabet, optionally split by GPT-2's rule. */
  static ObjectNode preTokenizer(boolean splitByGpt2Rule) {
    return step().put("use_regex", splitByGpt2Rule);
  }

  static ObjectNode decoder() {
    return step().put("use_regex", true);
  }

  private static ObjectNode step() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true);
  }
}
