package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle checked by other people's tools, by bench/evidence/check_bundle.py; its page says which.
 * $PALIMPSEST_ORACLE_PYTHON names a Python that has them; without it the first on the path is
 * tried.
 */
final class OtherToolsIT {
  private static final String NEEDED =
      "import securesystemslib, in_toto_attestation, cyclonedx.validation.json, jsonschema, yaml";

  @TempDir private Path folder;

  @Test
  void otherToolsFindTheSignaturesOfPeople() throws IOException, InterruptedException {
    assumeTrue(run("-c", NEEDED).code == 0, "Python lacks what the script needs");
    Path bundle = SampleBundle.signed(folder.resolve("data")).write(folder.resolve("bundle.zip"));

    Ended ended = run("bench/evidence/check_bundle.py", bundle.toString());

    assertThat(ended.code).as(ended.said).isZero();
    assertThat(ended.said)
        .contains("securesystemslib: 20 signatures, 3 statements by a person too");
  }

  @Test
  void otherToolsFindThatTheBundleHolds() throws IOException, InterruptedException {
    assumeTrue(
        run("-c", NEEDED).code == 0,
        "Python lacks securesystemslib, in-toto-attestation, cyclonedx-python-lib, jsonschema or"
            + " pyyaml");
    Path bundle = SampleBundle.make(folder.resolve("data")).write(folder.resolve("bundle.zip"));

    Ended ended = run("bench/evidence/check_bundle.py", bundle.toString());

    assertThat(ended.code).as(ended.said).isZero();
    assertThat(ended.said).contains("securesystemslib: 18 signatures", "everything holds");
  }

  private record Ended(int code, String said) {}

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Objects.requireNonNullElse(System.getenv("PALIMPSEST_ORACLE_PYTHON"), "python3"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } catch (IOException noPython) {
      return new Ended(-1, noPython.getMessage());
    }
  }
}
