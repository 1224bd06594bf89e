package dev.palimpsest.account;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time passwords by time, RFC 6238 over RFC 4226 with what every authenticator knows: SHA-1, 30
 * seconds, six digits.
 */
final class Totp {
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS_A_LETTER = 5;
  private static final long SECONDS = 30;
  private static final int DIGITS = 6;

  /** 160 bits, what RFC 4226 advises. */
  private static final int SECRET_BYTES = 20;

  /** Clocks may differ by a step either way. */
  private static final int STEPS_OFF = 1;

  private Totp() {}

  /** Returns a new secret in base 32 (RFC 4648), as authenticators take it. */
  static String newSecret() {
    byte[] bytes = Secrets.bytes(SECRET_BYTES);
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte each : bytes) {
      held = held << Byte.SIZE | (each & 0xFF);
      bits += Byte.SIZE;
      while (bits >= BITS_A_LETTER) {
        bits -= BITS_A_LETTER;
        text.append(BASE_32.charAt(held >> bits & 31));
      }
      held &= (1 << bits) - 1;
    }
    return text.toString();
  }

  /** Returns the bytes of a secret in base 32 without padding. */
  static byte[] bytes(String secret) {
    ByteBuffer bytes = ByteBuffer.allocate(secret.length() * BITS_A_LETTER / Byte.SIZE);
    int held = 0;
    int bits = 0;
    for (int i = 0; i < secret.length(); i++) {
      held = held << BITS_A_LETTER | BASE_32.indexOf(secret.charAt(i));
      bits += BITS_A_LETTER;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.put((byte) (held >> bits));
        held &= (1 << bits) - 1;
      }
    }
    return bytes.array();
  }

  /**
   * Returns the time step that a code is of, if it is of one around now that is later than the last
   * one used: nobody who looked over a shoulder uses a code again.
   */
  static OptionalLong step(byte[] secret, String code, long lastUsed, Instant now) {
    long current = Math.floorDiv(now.getEpochSecond(), SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - STEPS_OFF; step <= current + STEPS_OFF; step++) {
      if (Secrets.areEqual(code(secret, step, DIGITS), code) && step > lastUsed) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** Returns the code of a time step with so many digits, at most nine. */
  static String code(byte[] secret, long step, int digits) {
    byte[] hash = hash(secret, step);
    int offset = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
    long modulus = Math.round(Math.pow(10, digits));
    return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
  }

  private static byte[] hash(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA1", missing);
    }
  }
}
