package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.ModelSignature;
import dev.palimpsest.checkpoint.signature.SignatureFile;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.verify.Verification;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signatures under the files of an audit that really ran over a base and an adapter. */
@Tag("slow")
final class CheckpointSignaturesTest {
  private static final String BASE = "checkpoints/base/model.sig";
  private static final String TUNED = "checkpoints/tuned-1/model.sig";

  @TempDir private static Path folder;
  private static Path base;
  private static Path adapter;
  private static Database database;
  private static AuditService audits;
  private static SigningKeys keys;
  private static String audit;

  @BeforeAll
  static void runAnAudit() throws IOException, InterruptedException {
    base = Fixtures.copy("llama", Files.createDirectories(folder.resolve("base")));
    adapter = Fixtures.copy("adapters/plain", Files.createDirectories(folder.resolve("adapter")));
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(8);
    database = Database.open(folder.resolve("data"));
    audits = AuditService.open(database, library, LocalRunner::open);
    keys = new SigningKeys(folder.resolve("data"), new Ledger(database), Optional.empty());
    audit = audits.start(TinyAudit.planOver(base, library, "signed", 1, adapter)).id();
    TinyAudit.awaitEnd(audits, audit);
  }

  @AfterAll
  static void close() {
    audits.close();
    database.close();
  }

  /** Exports as a process does that has read no files yet. */
  private static SampleBundle exported() throws IOException {
    Path zip = folder.resolve("bundle.zip");
    new Exports(database, audits, keys).write(audit, zip);
    return SampleBundle.of(zip, keys.current());
  }

  private static Verification.Verified verify(SampleBundle bundle) {
    return Verification.of(bundle.write(folder.resolve("changed.zip")), Optional.empty());
  }

  private static SampleBundle resigned(SampleBundle bundle) {
    return bundle.signedAnew(bundle.key(), statement -> statement);
  }

  @Test
  void theFilesOfEveryCheckpointAreSignedByAKeyThatComesAlong() throws IOException {
    SampleBundle bundle = exported();
    SigningKey key = keys.ofCheckpoints();

    assertThat(bundle.members().keySet()).contains(BASE, TUNED, "public-keys/" + key.id() + ".pem");
    ModelKeys known = new ModelKeys(List.of(key.publicKey()), List.of());
    ModelSignature signature = SignatureFile.read(bundle.members().get(TUNED), TUNED, known);
    assertThat(signature.trusted()).isTrue();
    assertThat(signature.root()).isEqualTo(Manifest.of(adapter).root());
    assertThat(bundle.text("VERIFY.md"))
        .contains(
            "model_signing verify key CHECKPOINT --signature "
                + TUNED
                + " --public_key public-keys/"
                + key.id()
                + ".pem")
        .contains(BASE + ": ", "sha256 " + Manifest.of(base).root() + " (base)");
    assertThat(verify(bundle).checkpoints()).isEqualTo(2);
  }

  @Test
  void aSignatureHoldsBesideTheFilesThatWereAuditedAndNoOthers() throws IOException {
    SampleBundle bundle = exported();
    Path copy = Fixtures.copy("llama", Files.createDirectories(folder.resolve("copy")));
    Files.write(copy.resolve("model.sig"), bundle.members().get(BASE));
    ModelKeys known = new ModelKeys(List.of(keys.ofCheckpoints().publicKey()), List.of());

    Inspection whole = Inspection.of(copy, known, (done, total) -> {});
    assertThat(whole.signature().map(ModelSignature::trusted)).contains(true);

    Files.writeString(copy.resolve("config.json"), " ", StandardOpenOption.APPEND);
    Inspection changed = Inspection.of(copy, known, (done, total) -> {});
    assertThat(changed.isRefused()).isTrue();
  }

  @Test
  void aSignatureOfAnotherCheckpointOrByAnotherKeyDoesNotHold() throws IOException {
    SampleBundle bundle = exported();
    SampleBundle swapped = resigned(bundle.copy().with(BASE, bundle.text(TUNED)));
    assertThatThrownBy(() -> verify(swapped))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContainingAll(BASE + " lists files that come to sha256", "the report is about");

    SigningKey other = other();
    byte[] theirs = SignatureFile.write(Manifest.of(base), other.publicKey(), other::sign);
    SampleBundle forged =
        resigned(bundle.copy().with(BASE, new String(theirs, StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> verify(forged))
        .hasMessageContaining(BASE + " is not signed by a key that came with the bundle");

    String broken = bundle.text(BASE).replaceFirst("\"sig\":\"M", "\"sig\":\"N");
    assertThatThrownBy(() -> verify(resigned(bundle.copy().with(BASE, broken))))
        .hasMessageContaining("is a broken signature");

    SampleBundle added =
        resigned(bundle.copy().with("checkpoints/tuned-2/model.sig", bundle.text(TUNED)));
    assertThatThrownBy(() -> verify(added))
        .hasMessageContaining("is of no checkpoint that the report is about");
  }

  private static SigningKey other() {
    try (Database memory = Database.inMemory()) {
      return new SigningKeys(folder.resolve("other"), new Ledger(memory), Optional.empty())
          .ofCheckpoints();
    }
  }

  @Test
  void aBundleWithoutThemStillHolds() throws IOException {
    SampleBundle bundle = exported();
    bundle.without(BASE).without(TUNED);
    bundle.without("public-keys/" + keys.ofCheckpoints().id() + ".pem");

    assertThat(verify(resigned(bundle)).checkpoints()).isZero();
  }

  @Test
  void filesThatAreGoneOrChangedAreSignedWhereTheyAreRegisteredAndLeftOutOtherwise()
      throws IOException {
    Manifest files = Manifest.of(base);
    Path aside = Files.move(base, folder.resolve("aside"));
    Path config = adapter.resolve("adapter_config.json");
    String before = Files.readString(config);
    Files.writeString(config, before + " ");
    try {
      SampleBundle without = exported();
      assertThat(without.members()).doesNotContainKeys(BASE, TUNED);
      assertThat(without.text("VERIFY.md"))
          .contains("none for base: it is not registered, and its files are not where they were")
          .contains("none for tuned-1: its files have changed since");
      assertThat(verify(without).checkpoints()).isZero();

      register(files);
      SampleBundle registered = exported();
      assertThat(registered.members()).containsKey(BASE).doesNotContainKey(TUNED);
      assertThat(verify(registered).checkpoints()).isEqualTo(1);
    } finally {
      Files.move(aside, base);
      Files.writeString(config, before);
      database.write(handle -> handle.execute("delete from checkpoint_file"));
      database.write(handle -> handle.execute("delete from checkpoint"));
    }
  }

  /** What a registration leaves behind. */
  private static void register(Manifest files) {
    database.write(
        handle -> {
          handle.execute(
              "insert into checkpoint (id, name, name_key, kind, origin, location, bytes, digest,"
                  + " state, created_at) values ('c1', 'base', 'base', 'BASE', 'UPLOAD', ?, ?, ?,"
                  + " 'READY', current_timestamp)",
              base.toString(),
              files.size(),
              files.root());
          for (Manifest.Entry file : files.entries()) {
            handle.execute(
                "insert into checkpoint_file (checkpoint_id, path, bytes, sha256)"
                    + " values ('c1', ?, ?, ?)",
                file.path(),
                file.size(),
                file.sha256());
          }
        });
  }
}
