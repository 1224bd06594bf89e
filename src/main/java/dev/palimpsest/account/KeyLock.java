package dev.palimpsest.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Closes secrets so that the person's password alone opens them: AES-256-GCM (NIST SP 800-38D)
 * under a key that argon2id makes of the password and a salt that nothing else has. What is closed
 * says with what parameters, and is bound to a text, so that it opens in its own place only.
 */
final class KeyLock {
  private static final String FORM = "argon2id-19456-2-1/aes-256-gcm";
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Passwords passwords;

  KeyLock(Passwords passwords) {
    this.passwords = passwords;
  }

  /**
   * Closes a secret.
   *
   * @param place what it is bound to
   */
  String close(byte[] secret, String password, String place) {
    byte[] salt = Secrets.bytes(SALT_BYTES);
    byte[] nonce = Secrets.bytes(NONCE_BYTES);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, password, salt, nonce, place).doFinal(secret);
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      return String.join(
          "$",
          FORM,
          base64.encodeToString(salt),
          base64.encodeToString(nonce),
          base64.encodeToString(closed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  /** Opens what was closed; nothing if by another password, for another place, or changed. */
  Optional<byte[]> open(String closed, String password, String place) {
    String[] parts = closed.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(FORM)) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      Cipher cipher =
          cipher(
              Cipher.DECRYPT_MODE,
              password,
              base64.decode(parts[1]),
              base64.decode(parts[2]),
              place);
      return Optional.of(cipher.doFinal(base64.decode(parts[3])));
    } catch (AEADBadTagException | IllegalArgumentException anotherOrChanged) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  private Cipher cipher(int mode, String password, byte[] salt, byte[] nonce, String place)
      throws GeneralSecurityException {
    byte[] key = passwords.derive(password, salt);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
