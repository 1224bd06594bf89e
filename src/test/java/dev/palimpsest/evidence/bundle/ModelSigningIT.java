package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.signature.SignatureFile;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signatures under checkpoints' files, verified by OpenSSF's model_signing as it is. */
final class ModelSigningIT {
  @TempDir private Path folder;
  private Path pem;
  private Path signature;
  private SigningKey key;

  @BeforeEach
  void makeAKey() throws IOException, InterruptedException {
    assumeTrue(
        OraclePython.run("-m", "model_signing", "--version").code() == 0,
        "Python lacks model-signing or pyOpenSSL");
    try (Database database = Database.inMemory()) {
      key =
          new SigningKeys(folder.resolve("data"), new Ledger(database), Optional.empty())
              .ofCheckpoints();
    }
    pem = Files.writeString(folder.resolve("key.pem"), PublicKeys.pem(key.publicKey()));
    signature = folder.resolve("model.sig");
  }

  @Test
  void aFolderIsVerifiedAndNotOneOfItsFilesMayDifferBeAddedOrMissing() throws Exception {
    Path model = Fixtures.copy("tiny", Files.createDirectories(folder.resolve("tiny")));
    Path deep = Files.createDirectories(model.resolve("a")).resolve("x");
    Files.writeString(deep, "before a-b/y, which goes by whole names first");
    Files.writeString(Files.createDirectories(model.resolve("a-b")).resolve("y"), "after it");
    sign(model);
    assertHolds(model);

    Path added = Files.writeString(model.resolve("added.txt"), "added");
    assertThat(verify(model).code()).isNotZero();
    Files.delete(added);
    Files.writeString(deep, "another");
    assertThat(verify(model).code()).isNotZero();
    Files.delete(deep);
    assertThat(verify(model).code()).isNotZero();
  }

  @Test
  void theSignatureMayLieInTheFolderItIsOf() throws Exception {
    Path model = Fixtures.copy("tiny", Files.createDirectories(folder.resolve("tiny")));
    signature = model.resolve("model.sig");
    sign(model);
    assertHolds(model);
  }

  @Test
  void aLoneFileIsVerified() throws Exception {
    Path file = Files.writeString(folder.resolve("model.gguf"), "weights");
    sign(file);
    assertHolds(file);
    Files.writeString(file, "Weights");
    assertThat(verify(file).code()).isNotZero();
  }

  private void sign(Path checkpoint) throws IOException {
    Files.write(
        signature, SignatureFile.write(Manifest.of(checkpoint), key.publicKey(), key::sign));
  }

  private void assertHolds(Path checkpoint) throws IOException, InterruptedException {
    OraclePython.Ended ended = verify(checkpoint);
    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("Verification succeeded");
  }

  private OraclePython.Ended verify(Path checkpoint) throws IOException, InterruptedException {
    return OraclePython.run(
        "-m",
        "model_signing",
        "verify",
        "key",
        checkpoint.toString(),
        "--signature",
        signature.toString(),
        "--public_key",
        pem.toString());
  }
}
