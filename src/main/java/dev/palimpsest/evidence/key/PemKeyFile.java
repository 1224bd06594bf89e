package dev.palimpsest.evidence.key;

import dev.palimpsest.Pem;
import dev.palimpsest.evidence.EvidenceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A secret key on the curve P-256 as openssl writes it: in SEC 1 (RFC 5915) or PKCS#8 (RFC 5958),
 * in PEM, its public half in it.
 */
final class PemKeyFile {
  /** What stands before the point in the SPKI of every key on P-256 (RFC 5480). */
  private static final byte[] SPKI =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  /** What stands before the SEC 1 key of 121 bytes in its PKCS#8. */
  private static final byte[] PKCS8 =
      HexFormat.of().parseHex("308193020100301306072a8648ce3d020106082a8648ce3d0301070479");

  private static final int SEC1_BYTES = 121;
  private static final int POINT_BYTES = 65;

  private PemKeyFile() {}

  /**
   * Reads the key.
   *
   * @throws EvidenceException if it is of another kind
   */
  static SigningKey parse(String pem, Path file) {
    Optional<byte[]> sec1 = Pem.find(pem, "EC PRIVATE KEY");
    byte[] pkcs8 =
        sec1.filter(der -> der.length == SEC1_BYTES)
            .map(der -> joined(PKCS8, der))
            .or(() -> Pem.find(pem, "PRIVATE KEY"))
            .filter(der -> der.length > POINT_BYTES)
            .orElseThrow(() -> unusable(file, null));
    byte[] point = Arrays.copyOfRange(pkcs8, pkcs8.length - POINT_BYTES, pkcs8.length);
    try {
      return SigningKey.parse(
          Pem.block("PRIVATE KEY", pkcs8) + Pem.block("PUBLIC KEY", joined(SPKI, point)), file);
    } catch (EvidenceException otherKind) {
      throw unusable(file, otherKind);
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static EvidenceException unusable(Path file, Exception cause) {
    return new EvidenceException(
        "The key file "
            + file
            + " holds no key that can sign; expected a secret key on the curve P-256 without a"
            + " password, as 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256' writes"
            + " it.",
        cause);
  }
}
