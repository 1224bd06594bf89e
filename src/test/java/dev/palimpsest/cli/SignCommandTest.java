package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.ModelSignature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command sign, with keys that openssl makes. */
final class SignCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path key;

  @BeforeEach
  void copyModel() throws IOException {
    model = Fixtures.copy("tiny", Files.createDirectories(folder.resolve("tiny")));
    key = folder.resolve("key.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        "ecparam -name prime256v1 -genkey",
        "ecparam -name prime256v1 -genkey -noout"
      })
  void whatIsSignedByAKeyOfOpensslIsVerifiedByItsPublicHalf(String making) throws Exception {
    openssl(making + " -out " + key);
    Path open = folder.resolve("key.pub");
    openssl("pkey -in " + key + " -pubout -out " + open);

    assertThat(run("sign", model, "--key", key)).as(err.toString()).isZero();

    assertThat(out.toString()).contains("5 files, digest sha256:" + Manifest.of(model).root());
    ModelKeys known = ModelKeys.read(List.of(open), List.of());
    Inspection inspection = Inspection.of(model, known, (done, total) -> {});
    assertThat(inspection.isRefused()).isFalse();
    assertThat(inspection.signature().map(ModelSignature::trusted)).contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm ED25519",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:example"
      })
  void keysThatCannotSignAreRefusedWithAdvice(String making) throws Exception {
    openssl(making + " -out " + key);

    assertThat(run("sign", model, "--key", key)).isNotZero();

    assertThat(err.toString())
        .contains("holds no key that can sign; expected a secret key on the curve P-256");
    assertThat(model.resolve("model.sig")).doesNotExist();
  }

  @Test
  void aKeyThatOthersCanReadDoesNotSign() throws Exception {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(run("sign", model, "--key", key)).isNotZero();

    assertThat(err.toString()).contains("is open to other users; close it with chmod 600");
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(("openssl " + arguments).split(" "))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
    } catch (IOException none) {
      assumeTrue(false, "there is no openssl");
      return;
    }
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("openssl.log"))).isZero();
  }

  private int run(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }
}
