package dev.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {
  @Test
  void theRootIsTheDigestOfTheDigestsInPathOrder(@TempDir Path folder) throws IOException {
    write(folder, "a-b/y", "two");
    write(folder, "a/x", "one");
    write(folder, "config.json", "{}");
    write(folder, ".gitattributes", "ignored");
    write(folder, ".git/HEAD", "ignored");

    Manifest manifest = Manifest.of(folder);

    assertThat(manifest.entries())
        .extracting(Manifest.Entry::path)
        .as("by component, so that a/ stands before a-b/")
        .containsExactly("a/x", "a-b/y", "config.json");
    assertThat(manifest.entries().get(2).sha256())
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    // printf one | sha256sum and so on, the raw digests joined, sha256sum again
    assertThat(manifest.root())
        .isEqualTo("985d800b32b5bb37153fc32524efca32b83a6650391fa680f3f55d9d61e42aee");
    assertThat(manifest.size()).isEqualTo(8);
  }

  @Test
  void aFileIsAManifestOfOneEntry(@TempDir Path folder) throws IOException {
    Path file = write(folder, "model.gguf", "one");
    Manifest manifest = Manifest.of(file);
    assertThat(manifest.entries())
        .containsExactly(
            new Manifest.Entry(
                "model.gguf",
                3,
                "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"));
    assertThat(manifest.root())
        .isEqualTo("fe8d7a873dc48961a6af334c996b2cb3ce37149d5ce9c9253952a54c6a92c1ad");
  }

  @Test
  void aSymbolicLinkIsRefused(@TempDir Path folder) throws IOException {
    write(folder, "config.json", "{}");
    Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("/etc/hostname"));
    assertThatThrownBy(() -> Manifest.of(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("model.safetensors: is a symbolic link that leads out of");
  }

  @Test
  void theProgressEndsAtTheWholeSize(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("big.bin"), new byte[(3 << 20) + 5]);
    List<Long> steps = new ArrayList<>();
    Manifest manifest = Manifest.of(folder, (done, total) -> steps.add(done));
    assertThat(steps).hasSize(4).isSorted().last().isEqualTo(manifest.size());
  }

  @Test
  void aPathThatDoesNotExistIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Manifest.of(folder.resolve("nothing")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("nothing: does not exist or may not be read; check the path");
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
