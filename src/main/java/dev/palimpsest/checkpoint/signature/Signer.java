package dev.palimpsest.checkpoint.signature;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells who signed a bundle. */
final class Signer {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String BROKEN =
      "is a broken signature: it was not made over this text by the %s that it names; fetch it"
          + " again, and do not use the checkpoint if that does not help";

  private final SignatureBundle bundle;
  private final ModelKeys known;
  private final String file;

  Signer(SignatureBundle bundle, ModelKeys known, String file) {
    this.bundle = bundle;
    this.known = known;
    this.file = file;
  }

  /**
   * A signer as far as one can be told.
   *
   * @param trusted whether the signature was verified by what this installation was given
   */
  record Told(boolean trusted, String name) {}

  /**
   * Returns who signed.
   *
   * @throws CheckpointException if the signature is not that of the key or certificate it names
   */
  Told tell() {
    return bundle.certificates().isEmpty() ? byKey() : byCertificate();
  }

  private Told byKey() {
    byte[] signed = bundle.signed();
    Optional<PublicKey> key =
        known.keys().stream()
            .filter(one -> KeyCheck.verifies(one, signed, bundle.signature()))
            .findFirst();
    if (key.isPresent()) {
      return new Told(true, "the key " + ModelKeys.fingerprint(key.get()));
    }
    if (known.hinted(bundle.hint()).isPresent()) {
      throw new CheckpointException(file, BROKEN.formatted("key"));
    }
    String hint = bundle.hint().isEmpty() ? "" : " " + Printable.text(bundle.hint());
    return new Told(false, "a key that is not known here" + hint);
  }

  private Told byCertificate() {
    X509Certificate own = bundle.certificates().get(0);
    if (!KeyCheck.verifies(own.getPublicKey(), bundle.signed(), bundle.signature())) {
      throw new CheckpointException(file, BROKEN.formatted("certificate"));
    }
    String name = "the certificate of " + Printable.text(nameOf(own));
    if (!isForSigning(own)) {
      return new Told(false, name + ", which is not one for signing");
    }
    return leadsToARoot(own)
        ? new Told(true, name)
        : new Told(false, name + ", which leads to no root certificate that is known here");
  }

  /** Certificates of sigstore have no subject and name their owner as an alternative. */
  private static String nameOf(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    if (!subject.isEmpty()) {
      return subject;
    }
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? "nobody"
          : names.stream().map(one -> one.get(1).toString()).collect(Collectors.joining(", "));
    } catch (CertificateParsingException malformed) {
      return "nobody";
    }
  }

  private static boolean isForSigning(X509Certificate certificate) {
    try {
      boolean[] use = certificate.getKeyUsage();
      List<String> purposes = certificate.getExtendedKeyUsage();
      return (use == null || use[0]) && (purposes == null || purposes.contains(CODE_SIGNING));
    } catch (CertificateParsingException malformed) {
      return false;
    }
  }

  /**
   * Follows the chain to one of the roots, at the time at which the newest of its certificates
   * began: without a trusted time nothing says when it was signed, and those of sigstore last for
   * minutes.
   */
  private boolean leadsToARoot(X509Certificate own) {
    if (known.roots().isEmpty()) {
      return false;
    }
    List<X509Certificate> chain =
        bundle.certificates().stream().filter(one -> !known.roots().contains(one)).toList();
    if (chain.isEmpty()) {
      return known.roots().contains(own);
    }
    Set<TrustAnchor> anchors =
        known.roots().stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    try {
      CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(
          chain.stream().map(X509Certificate::getNotBefore).max(Date::compareTo).orElseThrow());
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return true;
    } catch (GeneralSecurityException leadsNowhere) {
      return false;
    }
  }
}
