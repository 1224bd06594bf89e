package dev.palimpsest.checkpoint.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signatures that this program makes, beside those that OpenSSF's model_signing 1.1.1 made over the
 * same files ({@code bench/evidence/model_signing_golden.py}).
 */
final class SignatureFileTest {
  private static final Path GOLDEN = Path.of("src/test/resources/signature/p256.sig");

  @TempDir private Path folder;
  private Path model;
  private KeyPair keys;

  @BeforeEach
  void make() throws IOException, GeneralSecurityException {
    model = Fixtures.copy("tiny", Files.createDirectories(folder.resolve("tiny")));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
  }

  @Test
  void allButTheKeyAndItsSignatureIsWhatModelSigningWrites() throws IOException {
    JsonNode ours = Json.mapper().readTree(signed(Manifest.of(model)));
    JsonNode theirs = Json.mapper().readTree(GOLDEN.toFile());

    assertThat(payload(ours)).isEqualTo(payload(theirs));
    for (JsonNode one : List.of(ours, theirs)) {
      ((ObjectNode) one.at("/verificationMaterial/publicKey")).put("hint", "of the key");
      ((ObjectNode) one.at("/dsseEnvelope/signatures/0")).put("sig", "of the key");
      ((ObjectNode) one.get("dsseEnvelope")).put("payload", "compared above");
    }
    assertThat(ours).isEqualTo(theirs);
  }

  /** Neither the order of keys nor that of ignored paths is always the same in theirs. */
  private static JsonNode payload(JsonNode bundle) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(bundle.at("/dsseEnvelope/payload").textValue());
    JsonNode statement = Json.mapper().readTree(bytes);
    ArrayNode ignored = (ArrayNode) statement.at("/predicate/serialization/ignore_paths");
    TreeSet<String> sorted = new TreeSet<>();
    ignored.forEach(path -> sorted.add(path.textValue()));
    ignored.removeAll();
    sorted.forEach(ignored::add);
    return statement;
  }

  @Test
  void whatWasSignedIsVerifiedBesideItsFiles() throws IOException {
    Files.write(model.resolve(Manifest.SIGNATURE), signed(Manifest.of(model)));

    Inspection inspection = Inspection.of(model, known(), (done, total) -> {});

    assertThat(inspection.isRefused()).isFalse();
    assertThat(inspection.signature().orElseThrow())
        .isEqualTo(
            new ModelSignature(
                true,
                "the key " + ModelKeys.fingerprint(keys.getPublic()),
                Manifest.of(model).root()));
  }

  @Test
  void aLoneFileIsSignedUnderTheNameOfNone() throws IOException {
    Path file = Files.writeString(folder.resolve("model.gguf"), "not looked into");

    JsonNode statement = payload(Json.mapper().readTree(signed(Manifest.of(file))));

    assertThat(statement.at("/predicate/resources")).hasSize(1);
    assertThat(statement.at("/predicate/resources/0/name").textValue()).isEqualTo(".");
    assertThat(statement.at("/subject/0/name").textValue()).isEqualTo("model.gguf");
  }

  @Test
  void filesWhoseDigestsAreKnownAreSignedInTheOrderOfTheManifestHoweverTheyAreGiven() {
    Manifest manifest = Manifest.of(model);
    List<Manifest.Entry> turned = new ArrayList<>(manifest.entries());
    Collections.reverse(turned);

    assertThat(Manifest.of("tiny", turned)).isEqualTo(manifest);
  }

  @Test
  void aSignatureIsReadWithoutTheFiles() {
    byte[] signature = signed(Manifest.of(model));

    assertThat(SignatureFile.read(signature, "model.sig", known()).root())
        .isEqualTo(Manifest.of(model).root());
    assertThat(SignatureFile.read(signature, "model.sig", ModelKeys.none()).trusted()).isFalse();
    signature[signature.length / 2] ^= 1;
    assertThatThrownBy(() -> SignatureFile.read(signature, "model.sig", known()))
        .isInstanceOf(CheckpointException.class);
  }

  private ModelKeys known() {
    return new ModelKeys(List.of(keys.getPublic()), List.of());
  }

  private byte[] signed(Manifest manifest) {
    return SignatureFile.write(manifest, keys.getPublic(), this::sign);
  }

  private byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
