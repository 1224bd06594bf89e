package dev.palimpsest.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.PublicKeys;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** DSSE 1.0.2, held to the vector in its specification (protocol.md, "Test Vectors"). */
final class EnvelopeTest {
  /** The specification's key, d = 9735…6199 on P-256, as SPKI. */
  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      %s
      -----END PUBLIC KEY-----
      """;

  @Test
  void theEncodingIsThatOfTheSpecification() {
    byte[] encoded =
        Envelope.encoding(
            "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encoded, StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void lengthsCountBytes() {
    byte[] encoded = Envelope.encoding("é", "ü".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encoded, StandardCharsets.UTF_8)).isEqualTo("DSSEv1 2 é 2 ü");
  }

  @Test
  void bothAlphabetsOfBase64AreRead() {
    String json = "{\"payloadType\":\"t\",\"payload\":\"%s\",\"signatures\":[{\"sig\":\"AA==\"}]}";
    assertThat(Envelope.parse(json.formatted("-_-_"), "x").payload())
        .isEqualTo(Envelope.parse(json.formatted("+/+/"), "x").payload());
    assertThat(Envelope.parse(json.formatted("AA=="), "x").signatures().get(0).keyId()).isEmpty();
  }

  @Test
  void whatIsNoEnvelopeIsRefused() {
    assertThatThrownBy(() -> Envelope.parse("{\"payload\":\"AA==\",\"signatures\":[]}", "Line 3"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage("Line 3 is no signed envelope (DSSE).");
  }

  @Test
  void aFileWithoutAKeyIsNamed() {
    assertThatThrownBy(() -> PublicKeys.parse(KEY.formatted("AAAA"), "keys.pem"))
        .hasMessageContaining("keys.pem holds a key of another kind");
    assertThatThrownBy(() -> PublicKeys.parse("nothing", "keys.pem"))
        .hasMessageContaining("keys.pem holds no public key");
  }
}
