package dev.palimpsest.web.upload;

import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The checksum of one PATCH: {@code Upload-Checksum: ALGORITHM BASE64}. */
final class TusChecksum {
  /** The algorithms offered, by tus name; sha1 is required by the protocol. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256");

  static final String OFFERED = "sha1,sha256";

  private final MessageDigest digest;
  private final byte[] expected;

  private TusChecksum(MessageDigest digest, byte[] expected) {
    this.digest = digest;
    this.expected = expected;
  }

  /** Returns the checksum of the request, if it has one. */
  static Optional<TusChecksum> of(Context ctx) {
    String header = ctx.header("Upload-Checksum");
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.split(" ", -1);
    String algorithm = ALGORITHMS.get(parts[0]);
    if (parts.length != 2 || algorithm == null) {
      throw new WebException(
          400, "Upload-Checksum is not understood; use one of " + OFFERED + " and base64.");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] expected = Base64.getDecoder().decode(parts[1]);
      if (expected.length != digest.getDigestLength()) {
        throw new IllegalArgumentException("wrong length");
      }
      return Optional.of(new TusChecksum(digest, expected));
    } catch (IllegalArgumentException notBase64) {
      throw new WebException(400, "Upload-Checksum is not a checksum in base64.");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", missing);
    }
  }

  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  boolean matches() {
    return MessageDigest.isEqual(expected, digest.digest());
  }
}
