package dev.palimpsest.checkpoint.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Map;

/** Whether a key made a signature: ECDSA on the NIST curves with the hash that goes with each. */
final class KeyCheck {
  /** Java's names by the bits of the curve's field. */
  private static final Map<Integer, String> BY_BITS =
      Map.of(256, "SHA256withECDSA", 384, "SHA384withECDSA", 521, "SHA512withECDSA");

  private KeyCheck() {}

  static boolean isKnown(PublicKey key) {
    return !algorithm(key).isEmpty();
  }

  private static String algorithm(PublicKey key) {
    if (key instanceof ECPublicKey curve) {
      int bits = curve.getParams().getCurve().getField().getFieldSize();
      return BY_BITS.getOrDefault(bits, "");
    }
    boolean edwards = key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA");
    return edwards ? "Ed25519" : "";
  }

  static boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    if (!isKnown(key)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(algorithm(key));
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
