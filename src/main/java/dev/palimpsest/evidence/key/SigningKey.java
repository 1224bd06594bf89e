package dev.palimpsest.evidence.key;

import dev.palimpsest.Pem;
import dev.palimpsest.evidence.EvidenceException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Objects;
import java.util.Optional;

/** A key that signs. */
public final class SigningKey {
  private final PrivateKey secret;
  private final PublicKey open;
  private final Optional<Provider> device;

  private SigningKey(PrivateKey secret, PublicKey open) {
    this(secret, open, Optional.empty());
  }

  /**
   * Makes one of a key that is there.
   *
   * @param device what signs, where the secret half does not leave it
   */
  SigningKey(PrivateKey secret, PublicKey open, Optional<Provider> device) {
    this.secret = Objects.requireNonNull(secret, "secret is null");
    this.open = Objects.requireNonNull(open, "open is null");
    this.device = device;
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

  /** Makes a new ECDSA key on the curve P-256. */
  static SigningKey makeOnP256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** Reads what {@link #pem} wrote. */
  static SigningKey parse(String pem, Path file) {
    try {
      byte[] pkcs8 = Pem.find(pem, "PRIVATE KEY").orElseThrow(() -> damaged(file, null));
      PublicKey open = PublicKeys.parse(pem, file.toString()).byId().values().iterator().next();
      String algorithm = open instanceof ECPublicKey ? "EC" : "Ed25519";
      PrivateKey secret =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
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

  /** Returns the key's id, the sha256 of its SPKI. */
  public String id() {
    return PublicKeys.id(open);
  }

  /** Returns the half that is for everybody. */
  public PublicKey publicKey() {
    return open;
  }

  /** Tells whether it signs by ECDSA, which is what model_signing verifies. */
  public boolean isOnP256() {
    return open instanceof ECPublicKey;
  }

  /** Signs some bytes. */
  public byte[] sign(byte[] bytes) {
    try {
      String algorithm = PublicKeys.signatureOf(open);
      Signature signature =
          device.isPresent()
              ? Signature.getInstance(algorithm, device.get())
              : Signature.getInstance(algorithm);
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
