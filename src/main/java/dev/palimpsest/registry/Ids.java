package dev.palimpsest.registry;

import java.security.SecureRandom;

/** Random names that are safe in URLs and file systems, in Crockford's base 32. */
final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** Returns 50 random bits: short enough to read out, unique within an installation. */
  static String checkpoint() {
    return random(10);
  }

  /** Returns 130 random bits: who does not know it does not guess it. */
  static String upload() {
    return random(26);
  }

  private static String random(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
