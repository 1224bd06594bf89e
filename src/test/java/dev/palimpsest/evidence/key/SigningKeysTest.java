package dev.palimpsest.evidence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of an installation. */
final class SigningKeysTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path data;
  private final Database database = Database.inMemory();
  private final Ledger ledger = new Ledger(database);

  @AfterEach
  void close() {
    database.close();
  }

  private SigningKeys keys() {
    return new SigningKeys(data, ledger, Optional.empty());
  }

  @Test
  void theKeyIsMadeAtFirstNeedIsClosedToOthersAndStays() throws IOException {
    assertThat(keys().list()).isEmpty();
    SigningKey key = keys().current();

    assertThat(keys().current().id()).isEqualTo(key.id());
    assertThat(keys().list()).singleElement().matches(SigningKeys.Known::current);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("keys/signing.pem"))))
        .isEqualTo("rw-------");
    assertThat(actions()).containsExactly("key.made");
  }

  @Test
  void whatARotatedKeySignedCanStillBeChecked() {
    SigningKey old = keys().current();
    byte[] signature = old.sign(TEXT);
    SigningKey now = keys().rotate().get(0);

    List<PublicKey> known = keys().list().stream().map(SigningKeys.Known::key).toList();
    assertThat(keys().current().id()).isEqualTo(now.id()).isNotEqualTo(old.id());
    assertThat(PublicKeys.of(known).signer(TEXT, signature)).contains(old.id());
    assertThat(PublicKeys.of(known).signer(TEXT, now.sign(TEXT))).contains(now.id());
    assertThat(actions()).containsExactly("key.made", "key.made");
  }

  @Test
  void checkpointsHaveAKeyOfTheirOwnOnP256() throws IOException {
    SigningKey statements = keys().current();
    SigningKey key = keys().ofCheckpoints();

    assertThat(key.isOnP256()).isTrue();
    assertThat(keys().ofCheckpoints().id()).isEqualTo(key.id()).isNotEqualTo(statements.id());
    assertThat(PublicKeys.verifies(key.publicKey(), TEXT, key.sign(TEXT))).isTrue();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("keys/signing-checkpoints.pem"))))
        .isEqualTo("rw-------");
    assertThat(keys().list())
        .extracting(
            SigningKeys.Known::id, SigningKeys.Known::current, SigningKeys.Known::checkpoints)
        .containsExactlyInAnyOrder(
            tuple(statements.id(), true, false), tuple(key.id(), false, true));
    assertThat(actions()).containsExactly("key.made", "key.made");
  }

  @Test
  void theKeyOfCheckpointsIsRotatedWithTheOther() {
    keys().current();
    SigningKey old = keys().ofCheckpoints();
    byte[] signature = old.sign(TEXT);

    List<SigningKey> made = keys().rotate();

    assertThat(made).extracting(SigningKey::isOnP256).containsExactly(false, true);
    assertThat(keys().ofCheckpoints().id()).isEqualTo(made.get(1).id()).isNotEqualTo(old.id());
    List<PublicKey> known = keys().list().stream().map(SigningKeys.Known::key).toList();
    assertThat(PublicKeys.of(known).signer(TEXT, signature)).contains(old.id());
  }

  @Test
  void aKeyThatOthersCanReadDoesNotSign() throws IOException {
    keys().current();
    Path file = data.resolve("keys/signing.pem");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> keys().current())
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("is open to other users; close it with chmod 600");
  }

  @Test
  void aDamagedKeyIsNamed() throws IOException {
    keys().current();
    Path file = data.resolve("keys/signing.pem");
    Files.writeString(file, Files.readString(file).substring(0, 60));

    assertThatThrownBy(() -> keys().current())
        .hasMessageContaining("is damaged; put a backup of it there");
  }

  @Test
  void aKeyOfAPkcs12FileSignsInstead() {
    char[] password = "example".toCharArray();
    SigningKey given = KeyFile.open(Path.of("src/test/resources/evidence/p256.p12"), password);
    SigningKeys keys = new SigningKeys(data, ledger, Optional.of(given));

    assertThat(keys.current().id()).isEqualTo(given.id());
    assertThat(keys.ofCheckpoints().id()).as("it is on P-256").isEqualTo(given.id());
    assertThat(PublicKeys.verifies(given.publicKey(), TEXT, given.sign(TEXT))).isTrue();
    assertThat(data.resolve("keys/signing.pem")).doesNotExist();
    assertThat(keys.list()).singleElement().matches(SigningKeys.Known::current);
    assertThatThrownBy(keys::rotate)
        .hasMessageContaining("is the one that $PALIMPSEST_KEY_FILE names");
  }

  @Test
  void aWrongPasswordIsSaid() {
    assertThatThrownBy(
            () ->
                KeyFile.open(
                    Path.of("src/test/resources/evidence/p256.p12"), "wrong".toCharArray()))
        .hasMessageContaining("is $PALIMPSEST_KEY_PASSWORD its password?");
  }

  private List<String> actions() {
    List<String> actions = new ArrayList<>();
    ledger.forEach(
        1, row -> actions.add(row.body().replaceAll(".*\"action\":\"([^\"]*)\".*", "$1")));
    return actions;
  }
}
