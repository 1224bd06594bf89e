package dev.palimpsest.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Hashes of passwords: argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat
 * Sheet; ASVS 5.0.0 appendix C takes that for equal to 46 MiB in one pass), in PHC format.
 *
 * <p>What a password must be follows ASVS 5.0.0 chapter 6.2 and NIST SP 800-63B: at least 15
 * characters of any kind, no rules of composition, nothing cut off.
 */
public final class Passwords {
  /** Characters (code points) that a password has at least. */
  public static final int SHORTEST = 15;

  private static final int LONGEST = 256;
  private static final int FEWEST_DIFFERENT = 5;

  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** A hundred people who sign in at once must not take 2 GB. */
  private static final int AT_A_TIME = 2;

  private static final Argon2Function FUNCTION =
      Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);

  /** What the password of a name that nobody has is compared with, to take as long. */
  private static final String NOBODYS =
      "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43);

  private final Semaphore room = new Semaphore(AT_A_TIME, true);

  /**
   * Fails if a password is too weak for a user.
   *
   * @throws AccountException that says what it lacks
   */
  public static void require(String password, String userName) {
    String plain = plain(password);
    int length = plain.codePointCount(0, plain.length());
    if (length < SHORTEST) {
      throw new AccountException(
          "A password has at least "
              + SHORTEST
              + " characters of any kind, a few words say, and this one has "
              + length
              + "; choose a longer one.");
    }
    if (length > LONGEST) {
      throw new AccountException(
          "A password has at most " + LONGEST + " characters; choose a shorter one.");
    }
    if (plain.codePoints().distinct().count() < FEWEST_DIFFERENT
        || plain.toLowerCase(Locale.ROOT).replace(userName, "").length() < SHORTEST / 2) {
      throw new AccountException(
          "This password is little more than the name or a few characters over and over; choose"
              + " another one.");
    }
  }

  /** Returns the hash to store of a password. */
  String hash(String password) {
    room.acquireUninterruptibly();
    try {
      return FUNCTION.hash(bytes(password), Secrets.bytes(SALT_BYTES)).getResult();
    } finally {
      room.release();
    }
  }

  /** Returns 256 bits that follow from a password and a salt, at the cost of its hash. */
  byte[] derive(String password, byte[] salt) {
    room.acquireUninterruptibly();
    try {
      return FUNCTION.hash(bytes(password), salt).getBytes();
    } finally {
      room.release();
    }
  }

  /** Tells whether a password is the stored one; takes as long where nothing is stored. */
  boolean matches(String password, Optional<String> stored) {
    if (password.length() > LONGEST * 2) {
      return false;
    }
    String hash = stored.orElse(NOBODYS);
    room.acquireUninterruptibly();
    try {
      boolean same =
          Argon2Function.getInstanceFromHash(hash)
              .check(bytes(password), hash.getBytes(StandardCharsets.UTF_8));
      return same && stored.isPresent();
    } finally {
      room.release();
    }
  }

  /** Tells whether a hash was made with other parameters than today's. */
  static boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(FUNCTION);
  }

  /** One keyboard may send "é" as one character, another as two. */
  private static String plain(String password) {
    return Normalizer.normalize(password == null ? "" : password, Normalizer.Form.NFC);
  }

  private static byte[] bytes(String password) {
    return plain(password).getBytes(StandardCharsets.UTF_8);
  }
}
