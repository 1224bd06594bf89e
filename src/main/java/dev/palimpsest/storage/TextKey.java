package dev.palimpsest.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names a stored text by its content: the first 24 bytes of its sha256 of its characters (UTF-16),
 * as 32 characters.
 */
public final class TextKey {
  private static final int BYTES = 24;

  private TextKey() {}

  /** Returns the key of a text; two texts have the same key exactly if they are equal. */
  public static String of(String text) {
    try {
      // The characters as they are: an encoding would make one text of two with broken surrogates.
      ByteBuffer characters = ByteBuffer.allocate(Character.BYTES * text.length());
      characters.asCharBuffer().put(text);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(characters.array());
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Returns the beginning of a key as a number, to compare many texts with little memory. */
  public static long number(String key) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(key)).getLong();
  }
}
