package dev.palimpsest.evidence.key;

import dev.palimpsest.evidence.EvidenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collections;
import java.util.Objects;

/** A key that signs. */
public final class SigningKey {
  private final PrivateKey secret;
  private final PublicKey open;

  private SigningKey(PrivateKey secret, PublicKey open) {
    this.secret = Objects.requireNonNull(secret, "secret is null");
    this.open = Objects.requireNonNull(open, "open is null");
  }

  /** Makes a new Ed25519 key. */
  static SigningKey make() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519", e);
    }
  }

  /** Reads what {@link #pem} wrote. */
  static SigningKey parse(String pem, Path file) {
    try {
      byte[] pkcs8 = Pem.find(pem, "PRIVATE KEY").orElseThrow(() -> damaged(file, null));
      PublicKey open = PublicKeys.parse(pem, file.toString()).byId().values().iterator().next();
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      SigningKey key = new SigningKey(secret, open);
      byte[] probe = {1};
      if (!PublicKeys.verifies(open, probe, key.sign(probe))) {
        throw damaged(file, null); // the two halves are of different keys
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static EvidenceException damaged(Path file, Exception cause) {
    return new EvidenceException(
        "The signing key in "
            + file
            + " is damaged; put a backup of it there, or remove the file and a new key is made.",
        cause);
  }

  /**
   * Reads the first key of a PKCS#12 file.
   *
   * @throws EvidenceException if it cannot be read, or the key is of another kind than Ed25519 and
   *     ECDSA on P-256
   */
  public static SigningKey fromPkcs12(Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      for (String alias : Collections.list(store.aliases())) {
        Certificate certificate = store.getCertificate(alias);
        if (store.isKeyEntry(alias)
            && certificate != null
            && PublicKeys.isUsable(certificate.getPublicKey())) {
          return new SigningKey(
              (PrivateKey) store.getKey(alias, password), certificate.getPublicKey());
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new EvidenceException(
          "The key file "
              + file
              + " cannot be opened; is it PKCS#12, and is $PALIMPSEST_KEY_PASSWORD its password?",
          e);
    }
    throw new EvidenceException(
        "The key file "
            + file
            + " holds no key that statements can be signed with; expected Ed25519 or ECDSA on the"
            + " curve P-256, with its certificate.");
  }

  /** Returns the key's id, the sha256 of its SPKI. */
  public String id() {
    return PublicKeys.id(open);
  }

  /** Returns the half that is for everybody. */
  public PublicKey publicKey() {
    return open;
  }

  /** Signs some bytes. */
  public byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(PublicKeys.signatureOf(open));
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new EvidenceException("The signing key " + id() + " cannot sign; make another.", e);
    }
  }

  /** Returns both halves as PEM. */
  String pem() {
    return Pem.block("PRIVATE KEY", secret.getEncoded()) + PublicKeys.pem(open);
  }
}
