package dev.palimpsest.checkpoint.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/**
 * Checks SentencePiece's table of character replacements before native code follows it.
 *
 * <p>It is the size of a double-array trie in bytes, the trie (darts-clone: units of 32 bits), and
 * the replacements, each ended by a zero byte. The library trusts every offset in it.
 */
final class CharsmapCheck {
  /** Longest replacement in bytes; the longest of NFKC has 33. */
  private static final int MAX_REPLACEMENT = 64;

  private final int[] units;
  private final byte[] replacements;
  private final BitSet seen = new BitSet();
  private final Deque<Integer> waiting = new ArrayDeque<>();

  private CharsmapCheck(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** Returns what is wrong with a table, as the end of a sentence. */
  static Optional<String> problem(byte[] table) {
    ByteBuffer in = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    if (table.length < Integer.BYTES) {
      return Optional.of("is cut short");
    }
    int size = in.getInt();
    if (size <= 0 || size % Integer.BYTES != 0 || size > in.remaining()) {
      return Optional.of("is cut short");
    }
    int[] units = new int[size / Integer.BYTES];
    in.asIntBuffer().get(units);
    in.position(in.position() + size);
    byte[] replacements = new byte[in.remaining()];
    in.get(replacements);
    return new CharsmapCheck(units, replacements).isSound()
        ? Optional.empty()
        : Optional.of("points outside itself");
  }

  private boolean isSound() {
    if (!isText(0, replacements.length)) {
      return false;
    }
    enter(offset(units[0]));
    while (!waiting.isEmpty()) {
      if (!walk(waiting.remove())) {
        return false;
      }
    }
    return true;
  }

  private void enter(int state) {
    if (!seen.get(state)) {
      seen.set(state);
      waiting.add(state);
    }
  }

  /** Follows every byte from a state. */
  private boolean walk(int state) {
    for (int label = 1; label < 256; label++) {
      int at = state ^ label;
      if (at >= units.length) {
        return false;
      }
      int unit = units[at];
      if ((unit & 0x800000ff) == label) {
        int next = at ^ offset(unit);
        if (isLeaf(unit) && !hasReplacement(next)) {
          return false;
        }
        enter(next);
      }
    }
    return true;
  }

  private static boolean isLeaf(int unit) {
    return ((unit >> 8) & 1) == 1;
  }

  /** Returns darts-clone's 22 bits of offset, which a flag moves up by 8. */
  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private boolean hasReplacement(int leaf) {
    if (leaf >= units.length) {
      return false;
    }
    int start = units[leaf] & 0x7fffffff;
    int end = start;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    return start < replacements.length && end - start <= MAX_REPLACEMENT && isText(start, end);
  }

  private boolean isText(int start, int end) {
    try {
      CharBuffer unused =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(replacements, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
