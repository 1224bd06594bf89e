package dev.palimpsest.evidence.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A DSSE envelope: a payload and signatures over it.
 *
 * @param type of the payload
 * @param payload the bytes that are signed
 * @param signatures at least one, before it is written
 */
public record Envelope(String type, byte[] payload, List<Signed> signatures) {
  /** The type of in-toto statements. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /** A signature; the key's id is a hint. */
  public record Signed(String keyId, byte[] signature) {}

  public Envelope {
    Objects.requireNonNull(type, "type is null");
    payload = payload.clone();
    signatures = List.copyOf(signatures);
  }

  /** Returns the bytes of the payload. */
  @Override
  public byte[] payload() {
    return payload.clone();
  }

  /** Signs a statement. */
  public static Envelope sign(Statement statement, SigningKey key) {
    return new Envelope(IN_TOTO, payload(statement), List.of()).signedBy(key);
  }

  /** Returns the bytes by which a statement is signed, canonical JSON. */
  public static byte[] payload(Statement statement) {
    return CanonicalJson.bytes(statement.json());
  }

  /** Returns the same with one signature more, before those that there are. */
  public Envelope signedBy(SigningKey key) {
    List<Signed> all = new ArrayList<>();
    all.add(new Signed(key.id(), key.sign(encoding(type, payload))));
    all.addAll(signatures);
    return new Envelope(type, payload, all);
  }

  /** Returns the pre-authentication encoding, which is what is signed. */
  public static byte[] encoding(String type, byte[] payload) {
    byte[] kind = type.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + kind.length + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  /** Returns the envelope as one line of JSON, without the line's end. */
  public String json() {
    Base64.Encoder base64 = Base64.getEncoder();
    return CanonicalJson.text(
        Map.of(
            "payloadType",
            type,
            "payload",
            base64.encodeToString(payload),
            "signatures",
            signatures.stream()
                .map(
                    one ->
                        Map.of("keyid", one.keyId(), "sig", base64.encodeToString(one.signature())))
                .toList()));
  }

  /**
   * Reads an envelope; unknown fields are passed over.
   *
   * @param name where it stands, for failures
   * @throws IntegrityException if it is none
   */
  public static Envelope parse(String json, String name) {
    try {
      JsonNode tree = Json.mapper().readTree(json);
      List<Signed> signatures = new ArrayList<>();
      for (JsonNode one : tree.path("signatures")) {
        signatures.add(new Signed(one.path("keyid").asText(""), decode(one.path("sig").asText())));
      }
      if (signatures.isEmpty() || !tree.path("payload").isTextual()) {
        throw new IntegrityException(name + " is no signed envelope (DSSE).");
      }
      return new Envelope(
          tree.path("payloadType").asText(), decode(tree.get("payload").asText()), signatures);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IntegrityException(name + " is no signed envelope (DSSE).", e);
    }
  }

  /** Takes both alphabets of RFC 4648, as DSSE asks. */
  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
  }

  /** Returns the id of one of the keys that signed this, if there is one. */
  public Optional<String> signer(PublicKeys keys) {
    byte[] signed = encoding(type, payload);
    return signatures.stream()
        .map(one -> keys.signer(signed, one.signature()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Tells whether a key signed this, whatever the hints say. */
  public boolean isSignedBy(PublicKey key) {
    byte[] signed = encoding(type, payload);
    return signatures.stream().anyMatch(one -> PublicKeys.verifies(key, signed, one.signature()));
  }

  /** Returns the sha256 of the payload, by which other statements refer to this one. */
  public String digest() {
    return Sha256.hex(payload);
  }
}
