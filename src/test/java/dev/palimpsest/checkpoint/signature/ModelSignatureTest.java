package dev.palimpsest.checkpoint.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures that OpenSSF's model_signing 1.1.1 made over the smallest fixture ({@code
 * bench/evidence/model_signing_golden.py}), as they were made and damaged in every place.
 */
final class ModelSignatureTest {
  private static final Path GOLDEN = Path.of("src/test/resources/signature");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = Fixtures.copy("tiny", Files.createDirectories(folder.resolve("tiny")));
  }

  private void sign(String name) throws IOException {
    Files.copy(GOLDEN.resolve(name + ".sig"), model.resolve(Manifest.SIGNATURE));
  }

  private Inspection inspected(ModelKeys known) {
    return Inspection.of(model, known, (done, total) -> {});
  }

  private static ModelKeys keys(String... names) {
    return ModelKeys.read(
        List.of(names).stream().map(name -> GOLDEN.resolve(name + ".pub")).toList(), List.of());
  }

  private static ModelKeys root(String name) {
    return ModelKeys.read(List.of(), List.of(GOLDEN.resolve(name + ".crt")));
  }

  private static String said(Inspection inspection, String file) {
    return inspection.findings().stream()
        .filter(finding -> finding.file().equals(file))
        .map(Finding::sentence)
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "p521"})
  void aSignatureOfAKnownKeyIsVerified(String name) throws IOException {
    sign(name);
    Inspection inspection = inspected(keys(name));
    assertThat(inspection.isRefused()).isFalse();
    ModelSignature signature = inspection.signature().orElseThrow();
    assertThat(signature.trusted()).isTrue();
    assertThat(signature.signer())
        .as("the fingerprint is the hint that model_signing wrote")
        .isEqualTo("the key " + hint());
    assertThat(said(inspection, "model.sig"))
        .isEqualTo("verified: signed by " + signature.signer());
  }

  private String hint() throws IOException {
    return Json.mapper()
        .readTree(model.resolve(Manifest.SIGNATURE).toFile())
        .at("/verificationMaterial/publicKey/hint")
        .textValue();
  }

  @Test
  void theDigestThatWasSignedIsTheCheckpointsIdAndSigningDoesNotChangeIt() throws IOException {
    String before = inspected(ModelKeys.none()).digest().orElseThrow();
    sign("p256");
    Inspection signed = inspected(keys("p256"));
    assertThat(signed.digest()).contains(before);
    assertThat(signed.signature().orElseThrow().root()).isEqualTo(before);
  }

  @Test
  void aKeyThatIsNotKnownIsNamedAndTheFilesAreHeldAgainstItAllTheSame() throws IOException {
    sign("p256");
    Inspection inspection = inspected(keys("p384"));
    assertThat(inspection.isRefused()).isFalse();
    assertThat(inspection.signature().map(ModelSignature::trusted)).contains(false);
    assertThat(said(inspection, "model.sig"))
        .isEqualTo(
            "agrees with the files and is signed by a key that is not known here "
                + hint()
                + ", so who signed is not proven; give the signer's public key with --model-key,"
                + " or a root certificate with --model-root");
  }

  @Test
  void aCertificateThatLeadsToAKnownRootIsVerified() throws IOException {
    sign("certificate");
    Inspection inspection = inspected(root("root"));
    assertThat(inspection.signature().map(ModelSignature::trusted)).contains(true);
    assertThat(said(inspection, "model.sig"))
        .startsWith("verified: signed by the certificate of ")
        .contains("CN=Ada Byron");
  }

  @Test
  void aCertificateThatLeadsToNoKnownRootIsNamed() throws IOException {
    sign("certificate");
    assertThat(said(inspected(ModelKeys.none()), "model.sig"))
        .contains("CN=Ada Byron")
        .contains("which leads to no root certificate that is known here");
    assertThat(inspected(root("other-root")).signature().map(ModelSignature::trusted))
        .contains(false);
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors, is not the file that was signed: model.sig says sha256",
    "config.json, is not the file that was signed: model.sig says sha256"
  })
  void aFileThatWasChangedIsRefused(String file, String sentence) throws IOException {
    sign("p256");
    byte[] bytes = Files.readAllBytes(model.resolve(file));
    bytes[bytes.length - 2] ^= 1;
    Files.write(model.resolve(file), bytes);
    Inspection inspection = inspected(keys("p256"));
    assertThat(inspection.isRefused()).isTrue();
    assertThat(inspection.signature()).isEmpty();
    assertThat(said(inspection, file)).startsWith(sentence);
  }

  @Test
  void aFileThatIsMissingIsRefusedAndOneThatIsNotNeededIsNot() throws IOException {
    sign("p256");
    Files.delete(model.resolve("tokenizer_config.json"));
    assertThat(said(inspected(keys("p256")), "tokenizer_config.json"))
        .isEqualTo("is missing, and model.sig says that it was signed; fetch it again");
  }

  @Test
  void aSignedFileThatIsNotNeededMayBeMissing() throws IOException {
    Files.copy(GOLDEN.resolve("with-notes.sig"), model.resolve(Manifest.SIGNATURE));
    Inspection inspection = inspected(keys("p256"));
    assertThat(inspection.isRefused()).isFalse();
    assertThat(inspection.findings())
        .anySatisfy(
            finding ->
                assertThat(finding.sentence())
                    .startsWith("1 of the signed files are not here and are not needed (notes.txt)")
                    .contains(inspection.signature().orElseThrow().root()));
  }

  @Test
  void aFileThatWasAddedIsRefusedWhereItIsUsed() throws IOException {
    sign("p256");
    Files.writeString(model.resolve("chat_template.jinja"), "{{ 'hi' }}");
    assertThat(said(inspected(keys("p256")), "chat_template.jinja"))
        .startsWith("was not there when the checkpoint was signed by model.sig");
    Files.delete(model.resolve("chat_template.jinja"));
    Files.writeString(model.resolve("notes.txt"), "mine");
    Inspection harmless = inspected(keys("p256"));
    assertThat(harmless.isRefused()).isFalse();
    assertThat(said(harmless, "notes.txt"))
        .isEqualTo("was not there when the checkpoint was signed; it is not used");
  }

  /** Puts another value into the bundle. */
  private void edit(String pointer, String field, String value) throws IOException {
    Path file = model.resolve(Manifest.SIGNATURE);
    ObjectNode bundle = (ObjectNode) Json.mapper().readTree(file.toFile());
    ((ObjectNode) bundle.at(pointer)).put(field, value);
    Files.writeString(file, bundle.toString());
  }

  @Test
  void aSignatureThatIsNotOverItsTextIsBroken() throws IOException {
    sign("p256");
    String other =
        Json.mapper()
            .readTree(GOLDEN.resolve("with-notes.sig").toFile())
            .at("/dsseEnvelope/signatures/0/sig")
            .textValue();
    edit("/dsseEnvelope/signatures/0", "sig", other);
    Inspection inspection = inspected(keys("p256"));
    assertThat(inspection.isRefused()).isTrue();
    assertThat(said(inspection, "model.sig"))
        .startsWith("is a broken signature: it was not made over this text by the key");
  }

  @Test
  void aBrokenSignatureOfACertificateIsToldByTheCertificateItself() throws IOException {
    sign("certificate");
    String other =
        Json.mapper()
            .readTree(GOLDEN.resolve("p256.sig").toFile())
            .at("/dsseEnvelope/signatures/0/sig")
            .textValue();
    edit("/dsseEnvelope/signatures/0", "sig", other);
    assertThat(said(inspected(ModelKeys.none()), "model.sig"))
        .startsWith("is a broken signature: it was not made over this text by the certificate");
  }

  @Test
  void aManifestThatContradictsItselfIsRefused() throws IOException {
    sign("p256");
    Path file = model.resolve(Manifest.SIGNATURE);
    String payload = Json.mapper().readTree(file.toFile()).at("/dsseEnvelope/payload").textValue();
    String text = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    String root = inspected(ModelKeys.none()).digest().orElseThrow();
    String edited = text.replace(root, "00".repeat(32));
    edit(
        "/dsseEnvelope",
        "payload",
        Base64.getEncoder().encodeToString(edited.getBytes(StandardCharsets.UTF_8)));
    assertThat(said(inspected(ModelKeys.none()), "model.sig"))
        .startsWith("contradicts itself: the files that it lists come to the digest " + root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | is empty; fetch it again, or take it away",
        "not json | is not valid JSON (line 1, column",
        "[] | must be a JSON object, not an array",
        "{} | mediaType is '', expected a sigstore bundle of version 0.3"
      })
  void whatIsNoSignatureIsRefusedWithItsFault(String text, String sentence) throws IOException {
    Files.writeString(model.resolve(Manifest.SIGNATURE), text);
    Inspection inspection = inspected(ModelKeys.none());
    assertThat(inspection.isRefused()).isTrue();
    assertThat(said(inspection, "model.sig")).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "'', mediaType",
    "/dsseEnvelope, payloadType",
    "/dsseEnvelope, payload",
    "/dsseEnvelope/signatures/0, sig"
  })
  void aFieldThatIsAnotherIsNamed(String pointer, String field) throws IOException {
    sign("p256");
    edit(pointer, field, "?");
    assertThat(said(inspected(keys("p256")), "model.sig")).contains(field + " is '?'");
  }

  @Test
  void keysThatAreNoneAreRefused() throws IOException {
    Path none = Files.writeString(folder.resolve("key.pem"), "no key");
    assertThatThrownBy(() -> ModelKeys.read(List.of(none), List.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("key.pem: holds no public key; expected PEM that begins with");
    assertThatThrownBy(() -> ModelKeys.read(List.of(), List.of(folder.resolve("nothing"))))
        .hasMessageContaining("nothing: cannot be read; name a file with a certificate in PEM");
  }

  @Test
  void withoutASignatureThereIsNothingToSay() {
    Inspection inspection = inspected(keys("p256"));
    assertThat(inspection.signature()).isEqualTo(Optional.empty());
    assertThat(inspection.findings()).noneMatch(one -> one.severity() == Severity.WARNING);
  }
}
