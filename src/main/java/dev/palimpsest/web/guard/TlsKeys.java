package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.WebException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with its chain and its private key, read from PEM files. */
public final class TlsKeys {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final int DNS_NAME = 2;

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private TlsKeys(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both files.
   *
   * @param certificate the server's certificate first, then those that vouch for it
   * @param key in PKCS#8, without a password
   * @throws WebException if they cannot be read
   */
  public static TlsKeys read(Path certificate, Path key) {
    List<X509Certificate> chain = chain(certificate);
    return new TlsKeys(chain, key(key, chain.get(0).getPublicKey().getAlgorithm()));
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (!found.isEmpty()) {
        return found.stream().map(X509Certificate.class::cast).toList();
      }
      throw unreadable(file, "holds no certificate", null);
    } catch (IOException | CertificateException e) {
      throw unreadable(file, "cannot be read as a certificate", e);
    }
  }

  private static WebException unreadable(Path file, String what, Exception failure) {
    return new WebException(
        503,
        "The file "
            + file
            + " "
            + what
            + "; give a PEM file with --tls-cert, the server's own first.",
        failure);
  }

  private static PrivateKey key(Path file, String algorithm) {
    try {
      Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (pem.find()) {
        byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      }
      throw noKey(file, null);
    } catch (IOException | GeneralSecurityException e) {
      throw noKey(file, e);
    }
  }

  private static WebException noKey(Path file, Exception failure) {
    return new WebException(
        503,
        "The file "
            + file
            + " holds no key of the certificate that can be read; make one of it by 'openssl pkcs8"
            + " -topk8 -nocrypt -in KEY -out FILE' and give that with --tls-key.",
        failure);
  }

  /** Returns the names that the certificate is for, in lower case. */
  List<String> names() {
    try {
      Collection<List<?>> names = chain.get(0).getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateException e) {
      return List.of();
    }
  }

  /** Returns a store in memory with the pair in it. */
  KeyStore store(String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, password.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new WebException(
          503, "The certificate and the key do not go together; give a pair that does.", e);
    }
  }
}
