package dev.palimpsest.evidence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs with a key of SoftHSM, a PKCS#11 device in software, in a process of its own. */
class KeyDeviceIT {
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "482913";

  @TempDir private Path folder;
  private Path device;

  /** Signs the first argument's bytes with the device of the second; the PIN is the third. */
  static final class Signer {
    private Signer() {}

    public static void main(String[] arguments) {
      SigningKey key = KeyFile.open(Path.of(arguments[1]), arguments[2].toCharArray());
      byte[] text = arguments[0].getBytes(StandardCharsets.UTF_8);
      boolean holds = PublicKeys.verifies(key.publicKey(), text, key.sign(text));
      if (holds) {
        Runtime.getRuntime().exit(0);
      }
      Runtime.getRuntime().exit(1);
    }
  }

  @BeforeEach
  void makeToken() throws Exception {
    assumeTrue(Files.exists(LIBRARY), "SoftHSM is not installed");
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Path settings = folder.resolve("softhsm2.conf");
    Files.writeString(settings, "directories.tokendir = " + tokens + "\n");
    device = folder.resolve("device.cfg");
    Files.writeString(device, "name = Office\nlibrary = " + LIBRARY + "\nslotListIndex = 0\n");
    run(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "audit",
        "--pin",
        PIN,
        "--so-pin",
        PIN);
    run(
        java("keytool"),
        "-genkeypair",
        "-alias",
        "audit",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=audit",
        "-storetype",
        "PKCS11",
        "-storepass",
        PIN,
        "-addprovider",
        "SunPKCS11",
        "-providerarg",
        device.toString());
  }

  @Test
  void aKeyThatNeverLeavesItsDeviceSigns() throws Exception {
    assertThat(sign(PIN)).isZero();
  }

  @Test
  void aWrongPinIsNoSignature() throws Exception {
    assertThat(sign("000000")).isNotZero();
  }

  @Test
  void aFileOfNeitherKindIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("key.txt"), "a key");

    assertThatThrownBy(() -> KeyFile.open(file, PIN.toCharArray()))
        .hasMessageContaining(
            "is neither PKCS#12 nor PEM nor the configuration of a PKCS#11 device");
  }

  private int sign(String pin) throws Exception {
    return start(
        java("java"),
        "-cp",
        System.getProperty("java.class.path"),
        Signer.class.getName(),
        "sign this",
        device.toString(),
        pin);
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private void run(String... command) throws Exception {
    assertThat(start(command)).as(String.join(" ", command)).isZero();
  }

  private int start(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString()));
    builder.redirectOutput(folder.resolve("output").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
