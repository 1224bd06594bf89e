package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle checked by other people's tools, by bench/evidence/check_bundle.py; its page says which.
 */
final class OtherToolsIT {
  private static final String NEEDED =
      "import securesystemslib, in_toto_attestation, cyclonedx.validation.json, jsonschema, yaml";

  @TempDir private Path folder;

  @Test
  void otherToolsFindTheSignaturesOfPeople() throws IOException, InterruptedException {
    OraclePython.Ended ended =
        checked(SampleBundle.signed(folder.resolve("data")).write(folder.resolve("bundle.zip")));

    assertThat(ended.said())
        .contains("securesystemslib: 20 signatures, 3 statements by a person too");
  }

  @Test
  void otherToolsFindThatTheBundleHolds() throws IOException, InterruptedException {
    OraclePython.Ended ended =
        checked(SampleBundle.make(folder.resolve("data")).write(folder.resolve("bundle.zip")));

    assertThat(ended.said()).contains("securesystemslib: 18 signatures", "everything holds");
  }

  private static OraclePython.Ended checked(Path bundle) throws IOException, InterruptedException {
    assumeTrue(
        OraclePython.run("-c", NEEDED).code() == 0,
        "Python lacks securesystemslib, in-toto-attestation, cyclonedx-python-lib, jsonschema or"
            + " pyyaml");
    OraclePython.Ended ended =
        OraclePython.run("bench/evidence/check_bundle.py", bundle.toString());
    assertThat(ended.code()).as(ended.said()).isZero();
    return ended;
  }
}
