package dev.palimpsest.account;

import java.util.Objects;

/**
 * What a person signed of a decision with a key of his or her own.
 *
 * @param keyId of the key
 * @param statement the statement that was signed, JSON in canonical form; its UTF-8 is the payload
 * @param signature base64
 */
public record OwnSignature(String keyId, String statement, String signature) {
  public OwnSignature {
    Objects.requireNonNull(keyId, "keyId is null");
    Objects.requireNonNull(statement, "statement is null");
    Objects.requireNonNull(signature, "signature is null");
  }
}
