package dev.palimpsest.account;

import dev.palimpsest.Pem;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Objects;

/**
 * The half for everybody of a key that a person signs or signed decisions with.
 *
 * @param id its fingerprint, the sha256 of its SPKI (DER), lower-case hex
 * @param userId whose it is
 * @param name of the person as printed when it was made
 * @param key Ed25519
 * @param made when
 * @param current whether its owner can sign with it; else it is for checking what it signed
 */
public record PersonalKey(
    String id, String userId, String name, PublicKey key, Instant made, boolean current) {
  public PersonalKey {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(userId, "userId is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(made, "made is null");
  }

  /**
   * Returns it as PEM with three lines before (explanatory text of RFC 7468, section 2), by which
   * nobody takes it for the key of an installation: "person", "user" and "made".
   */
  public String pem() {
    return "person "
        + name.replace("-----", "-") // which in PEM begins a block
        + "\nuser "
        + userId
        + "\nmade "
        + made
        + "\n"
        + Pem.block("PUBLIC KEY", key.getEncoded());
  }
}
