package dev.palimpsest.checkpoint.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A sigstore bundle around one DSSE envelope.
 *
 * @param payload the statement's bytes
 * @param signature over the pre-authentication encoding of the payload
 * @param certificates the signer's own first; empty where a key signed
 * @param hint which key signed, as its owner calls it; decides nothing
 */
record SignatureBundle(
    byte[] payload, byte[] signature, List<X509Certificate> certificates, String hint) {
  static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";
  static final String IN_TOTO = "application/vnd.in-toto+json";

  SignatureBundle {
    payload = payload.clone();
    signature = signature.clone();
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a bundle; unknown fields are passed over.
   *
   * @throws CheckpointException if it is none
   */
  static SignatureBundle parse(byte[] bytes, String file) {
    JsonNode bundle = StrictJson.object(bytes, file, "");
    String type = bundle.path("mediaType").asText("");
    if (!type.startsWith(MEDIA_TYPE) || !type.contains("0.3")) {
      throw CheckpointException.ofField(
          file, "mediaType", "'" + type + "'", "a sigstore bundle of version 0.3");
    }
    JsonNode envelope = bundle.path("dsseEnvelope");
    String payloadType = envelope.path("payloadType").asText("");
    if (!payloadType.equals(IN_TOTO)) {
      throw CheckpointException.ofField(
          file, "payloadType", "'" + payloadType + "'", "'" + IN_TOTO + "'");
    }
    if (envelope.path("signatures").size() != 1) {
      throw new CheckpointException(
          file,
          "has "
              + envelope.path("signatures").size()
              + " signatures, and a bundle has exactly one; fetch the file again");
    }
    JsonNode material = bundle.path("verificationMaterial");
    return new SignatureBundle(
        decoded(envelope.path("payload"), "payload", file),
        decoded(envelope.path("signatures").get(0).path("sig"), "sig", file),
        certificates(material, file),
        material.path("publicKey").path("hint").asText(""));
  }

  private static List<X509Certificate> certificates(JsonNode material, String file) {
    List<X509Certificate> certificates = new ArrayList<>();
    if (material.has("certificate")) {
      certificates.add(certificate(material.get("certificate"), file));
    }
    for (JsonNode one : material.at("/x509CertificateChain/certificates")) {
      certificates.add(certificate(one, file));
    }
    return certificates;
  }

  private static X509Certificate certificate(JsonNode node, String file) {
    return ModelKeys.certificate(decoded(node.path("rawBytes"), "rawBytes", file), file);
  }

  /** Takes both alphabets of RFC 4648, as DSSE asks. */
  private static byte[] decoded(JsonNode base64, String field, String file) {
    try {
      byte[] bytes =
          Base64.getDecoder().decode(base64.asText("").replace('-', '+').replace('_', '/'));
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, with what is missing.
    }
    throw CheckpointException.ofField(
        file, field, "'" + Printable.text(base64.asText("")) + "'", "base64");
  }

  /** Returns the bytes that were signed. */
  byte[] signed() {
    return signed(payload);
  }

  /** Returns the bytes that are signed for a statement. */
  static byte[] signed(byte[] payload) {
    byte[] head =
        ("DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " " + payload.length + " ")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }
}
