package dev.palimpsest.evidence.key;

import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.EvidenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys by their id, the sha256 of the SPKI. */
public final class PublicKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  /** The curves and algorithms that statements may be signed with, by Java's names. */
  private static final List<String> ALGORITHMS = List.of("Ed25519", "EC");

  private static final int P256_BITS = 256;

  private final Map<String, PublicKey> byId;

  private PublicKeys(Map<String, PublicKey> byId) {
    this.byId = byId;
  }

  /** Makes a set of keys. */
  public static PublicKeys of(Collection<PublicKey> keys) {
    Map<String, PublicKey> byId = new LinkedHashMap<>();
    keys.forEach(key -> byId.put(id(key), key));
    return new PublicKeys(byId);
  }

  /**
   * Reads a file with one or more public keys.
   *
   * @throws EvidenceException if it cannot be read or holds none
   */
  public static PublicKeys read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    } catch (IOException e) {
      throw new EvidenceException(
          "The keys in " + file + " cannot be read; name a file of public keys in PEM.", e);
    }
  }

  /**
   * Reads PEM text with one or more public keys.
   *
   * @param name of the file, for failures
   */
  public static PublicKeys parse(String pem, String name) {
    Map<String, PublicKey> found = new LinkedHashMap<>();
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      PublicKey key = key(blocks.group(1), name);
      found.put(id(key), key);
    }
    if (found.isEmpty()) {
      throw new EvidenceException(
          name + " holds no public key; expected PEM that begins with -----BEGIN PUBLIC KEY-----.");
    }
    return new PublicKeys(found);
  }

  private static PublicKey key(String base64, String name) {
    try {
      byte[] spki = Base64.getMimeDecoder().decode(base64);
      for (String algorithm : ALGORITHMS) {
        Optional<PublicKey> key = key(spki, algorithm);
        if (key.isPresent()) {
          return key.get();
        }
      }
    } catch (IllegalArgumentException notBase64) {
      throw new EvidenceException(name + " holds a public key that is not base64.", notBase64);
    }
    throw new EvidenceException(
        name + " holds a key of another kind; expected Ed25519, or ECDSA on the curve P-256.");
  }

  private static Optional<PublicKey> key(byte[] spki, String algorithm) {
    try {
      PublicKey key =
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
      return Optional.of(key).filter(PublicKeys::isUsable);
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }

  /** Tells whether statements can be signed with a key of this kind. */
  static boolean isUsable(PublicKey key) {
    return key instanceof ECPublicKey curve
        ? curve.getParams().getCurve().getField().getFieldSize() == P256_BITS
        : key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA");
  }

  /** Returns the id of a key. */
  public static String id(PublicKey key) {
    return Sha256.hex(key.getEncoded());
  }

  /** Returns a key as PEM. */
  public static String pem(PublicKey key) {
    return Pem.block("PUBLIC KEY", key.getEncoded());
  }

  /** Returns Java's name of how a key of this kind signs. */
  static String signatureOf(PublicKey key) {
    return key instanceof ECPublicKey ? "SHA256withECDSA" : "Ed25519";
  }

  /** Tells whether a key made a signature over some bytes. */
  public static boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature check = Signature.getInstance(signatureOf(key));
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** Returns the keys by id. */
  public Map<String, PublicKey> byId() {
    return Map.copyOf(byId);
  }

  /** Returns the key that made a signature, if it is one of these. */
  public Optional<String> signer(byte[] signed, byte[] signature) {
    return byId.entrySet().stream()
        .filter(entry -> verifies(entry.getValue(), signed, signature))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
