package dev.palimpsest.evidence.key;

import dev.palimpsest.evidence.EvidenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Optional;

/**
 * A file that says which key signs instead of the installation's own: a PKCS#12 store that holds
 * the key (RFC 7292), a key on P-256 in PEM, or the configuration of a PKCS#11 device that never
 * gives it away, in the form that Java reads ("Java PKCS#11 Reference Guide": {@code name}, {@code
 * library}, {@code slot}).
 */
public final class KeyFile {
  private static final int DER_SEQUENCE = 0x30;
  private static final String WANTED =
      " holds no key that statements can be signed with; expected Ed25519 or ECDSA on the curve"
          + " P-256, with its certificate.";

  private KeyFile() {}

  /**
   * Returns the first key of a file or device that statements can be signed with.
   *
   * @param password of the PKCS#12 file, or the device's PIN
   * @throws EvidenceException if there is none, or it cannot be opened
   */
  public static SigningKey open(Path file, char[] password) {
    if (isStore(file)) {
      return ofStore(file, password);
    }
    String text = text(file);
    return text.contains("-----BEGIN") ? ofPem(text, file) : ofDevice(text, file, password);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static SigningKey ofPem(String pem, Path file) {
    try {
      SigningKeys.requireClosed(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return PemKeyFile.parse(pem, file);
  }

  private static boolean isStore(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == DER_SEQUENCE;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static EvidenceException unreadable(Path file, IOException cause) {
    return new EvidenceException(
        "The key file "
            + file
            + " cannot be read; name a PKCS#12 file, a key in PEM, or the configuration of a PKCS#11"
            + " device.",
        cause);
  }

  private static SigningKey ofStore(Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return first(store, password, Optional.empty())
          .orElseThrow(() -> new EvidenceException("The key file " + file + WANTED));
    } catch (IOException | GeneralSecurityException e) {
      throw new EvidenceException(
          "The key file "
              + file
              + " cannot be opened; is it PKCS#12, and is $PALIMPSEST_KEY_PASSWORD its password?",
          e);
    }
  }

  private static SigningKey ofDevice(String text, Path file, char[] pin) {
    if (text.lines().noneMatch(line -> line.strip().matches("library\\s*=.*"))) {
      throw new EvidenceException(
          "The key file "
              + file
              + " is neither PKCS#12 nor PEM nor the configuration of a PKCS#11 device, which has the lines"
              + " name = … and library = ….");
    }
    try {
      Provider device = Security.getProvider("SunPKCS11").configure(file.toString());
      KeyStore store = KeyStore.getInstance("PKCS11", device);
      store.load(null, pin);
      return first(store, null, Optional.of(device))
          .orElseThrow(() -> new EvidenceException("The PKCS#11 device of " + file + WANTED));
    } catch (IOException
        | GeneralSecurityException
        | ProviderException
        | InvalidParameterException e) {
      throw new EvidenceException(
          "The PKCS#11 device of "
              + file
              + " cannot be opened; are its library and slot right, and is $PALIMPSEST_KEY_PASSWORD"
              + " its PIN?",
          e);
    }
  }

  private static Optional<SigningKey> first(
      KeyStore store, char[] password, Optional<Provider> device) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (store.isKeyEntry(alias)
          && certificate != null
          && PublicKeys.isUsable(certificate.getPublicKey())) {
        PrivateKey secret = (PrivateKey) store.getKey(alias, password);
        return Optional.of(new SigningKey(secret, certificate.getPublicKey(), device));
      }
    }
    return Optional.empty();
  }
}
