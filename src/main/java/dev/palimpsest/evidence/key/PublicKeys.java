package dev.palimpsest.evidence.key;

import dev.palimpsest.Pem;
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

/**
 * Public keys by their id, the sha256 of the SPKI. Those of people say so in lines before the key
 * ("person", "user", "made") and stand for no installation.
 */
public final class PublicKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  private static final Pattern PERSON =
      Pattern.compile("(?m)^person (.*)\\R^user (.*)\\R^made (\\S+)$");

  /** The curves and algorithms that statements may be signed with, by Java's names. */
  private static final List<String> ALGORITHMS = List.of("Ed25519", "EC");

  private static final int P256_BITS = 256;

  private final Map<String, PublicKey> byId;
  private final Map<String, Owner> owners;

  private PublicKeys(Map<String, PublicKey> byId, Map<String, Owner> owners) {
    this.byId = byId;
    this.owners = owners;
  }

  /**
   * Whose key it is, as is said beside it.
   *
   * @param name as printed when it was made
   * @param userId in the installation
   * @param made when, RFC 3339
   */
  public record Owner(String name, String userId, String made) {}

  /** Makes a set of keys. */
  public static PublicKeys of(Collection<PublicKey> keys) {
    Map<String, PublicKey> byId = new LinkedHashMap<>();
    keys.forEach(key -> byId.put(id(key), key));
    return new PublicKeys(byId, Map.of());
  }

  /** Returns these and others. */
  public PublicKeys and(PublicKeys others) {
    Map<String, PublicKey> all = new LinkedHashMap<>(byId);
    all.putAll(others.byId);
    Map<String, Owner> people = new LinkedHashMap<>(owners);
    people.putAll(others.owners);
    return new PublicKeys(all, people);
  }

  /** Returns those that are no person's. */
  public PublicKeys ofInstallations() {
    return apartFrom(Map.of());
  }

  /** Returns those that are no person's, neither by what is said here nor by others. */
  public PublicKeys apartFrom(Map<String, Owner> people) {
    Map<String, PublicKey> all = new LinkedHashMap<>(byId);
    all.keySet().removeAll(owners.keySet());
    all.keySet().removeAll(people.keySet());
    return new PublicKeys(all, Map.of());
  }

  /** Returns whose keys the others are, by id. */
  public Map<String, Owner> owners() {
    return Map.copyOf(owners);
  }

  /**
   * Reads a file with one or more public keys.
   *
   * @throws EvidenceException if it cannot be read or holds none
   */
  public static PublicKeys read(Path file) {
    try {
      String pem = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return parse(pem, file.toString());
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
    Map<String, Owner> owners = new LinkedHashMap<>();
    Matcher blocks = BLOCK.matcher(pem);
    int end = 0;
    while (blocks.find()) {
      PublicKey key = key(blocks.group(1), name);
      found.put(id(key), key);
      Matcher person = PERSON.matcher(pem.substring(end, blocks.start()));
      if (person.find()) {
        owners.put(id(key), new Owner(person.group(1), person.group(2), person.group(3)));
      }
      end = blocks.end();
    }
    if (found.isEmpty()) {
      throw new EvidenceException(
          name + " holds no public key; expected PEM that begins with -----BEGIN PUBLIC KEY-----.");
    }
    return new PublicKeys(found, owners);
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
