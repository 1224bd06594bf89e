package dev.palimpsest.checkpoint.signature;

import dev.palimpsest.Sha256;
import dev.palimpsest.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose signatures under checkpoints are known here.
 *
 * @param keys public keys of signers
 * @param roots certificates that a signer's certificate may lead to
 */
public record ModelKeys(List<PublicKey> keys, List<X509Certificate> roots) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");
  private static final int LINE = 64;

  public ModelKeys {
    keys = List.copyOf(keys);
    roots = List.copyOf(roots);
  }

  /** Returns the keys of an installation that knows nobody. */
  public static ModelKeys none() {
    return new ModelKeys(List.of(), List.of());
  }

  /**
   * Reads keys and certificates from PEM files.
   *
   * @throws CheckpointException if a file cannot be read or holds none
   */
  public static ModelKeys read(List<Path> keyFiles, List<Path> rootFiles) {
    List<PublicKey> keys = new ArrayList<>();
    for (Path file : keyFiles) {
      List<byte[]> blocks = blocks(file, KEY, "public key", "-----BEGIN PUBLIC KEY-----");
      blocks.forEach(block -> keys.add(key(block, file)));
    }
    List<X509Certificate> roots = new ArrayList<>();
    for (Path file : rootFiles) {
      List<byte[]> blocks = blocks(file, CERTIFICATE, "certificate", "-----BEGIN CERTIFICATE-----");
      blocks.forEach(block -> roots.add(certificate(block, file.toString())));
    }
    return new ModelKeys(keys, roots);
  }

  private static List<byte[]> blocks(Path file, Pattern form, String what, String first) {
    List<byte[]> blocks = new ArrayList<>();
    try {
      Matcher found = form.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      while (found.find()) {
        blocks.add(Base64.getMimeDecoder().decode(found.group(1)));
      }
    } catch (IOException e) {
      throw new CheckpointException(
          file.toString(), "cannot be read; name a file with a " + what + " in PEM");
    } catch (IllegalArgumentException notBase64) {
      throw new CheckpointException(
          file.toString(), "holds a " + what + " that is not base64; export it anew as PEM");
    }
    if (blocks.isEmpty()) {
      throw new CheckpointException(
          file.toString(), "holds no " + what + "; expected PEM that begins with " + first);
    }
    return blocks;
  }

  private static PublicKey key(byte[] spki, Path file) {
    for (String algorithm : List.of("EC", "Ed25519")) {
      try {
        PublicKey key =
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
        if (KeyCheck.isKnown(key)) {
          return key;
        }
      } catch (GeneralSecurityException another) {
        // The next algorithm may fit; the failure below names all of them.
      }
    }
    throw new CheckpointException(
        file.toString(),
        "holds a key of another kind; expected ECDSA on P-256, P-384 or P-521, or Ed25519");
  }

  static X509Certificate certificate(byte[] der, String file) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException malformed) {
      throw new CheckpointException(
          file, "holds a certificate that cannot be read; export it anew as PEM");
    }
  }

  /** Returns the key that a bundle means, by the hint that model_signing writes. */
  Optional<PublicKey> hinted(String hint) {
    return keys.stream().filter(key -> fingerprint(key).equalsIgnoreCase(hint)).findFirst();
  }

  /**
   * Returns how model_signing calls a key: the sha256, in hex, of its PEM text with the newline at
   * the end.
   */
  public static String fingerprint(PublicKey key) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return Sha256.hex(
        "-----BEGIN PUBLIC KEY-----\n"
            + lines.encodeToString(key.getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
  }
}
