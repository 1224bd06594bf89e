package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are looked at again before they are run. */
final class ArmFilesTest {
  @Test
  void filesThatChangedSinceThePlanWasFrozenAreNotRun(@TempDir Path folder) throws IOException {
    Path model = Fixtures.copy("tiny", folder.resolve("tiny"));
    String digest = Manifest.of(model).root();
    Arm arm = new Arm("tiny", Arm.Role.BASE, model, Optional.empty(), digest, digest);
    ArmFiles.verify(List.of(arm), said -> {});
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(() -> ArmFiles.verify(List.of(arm), said -> {}))
        .isInstanceOf(AuditException.class)
        .hasMessage(
            "The files of tiny have changed since the audit was frozen; put the old ones back, or"
                + " start a new audit.");
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    ArmFiles.verify(List.of(arm), said -> {});
  }
}
