package dev.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What huggingface_hub leaves on a disk: links into blobs, by revision. */
final class HubCacheTest {
  private static final String REVISION = "0123abcd";

  @TempDir private Path hub;
  private Path repository;

  @BeforeEach
  void download() throws IOException {
    hub = hub.toRealPath();
    repository = hub.resolve("models--org--tiny");
    HubDownload.snapshot(repository, REVISION, Fixtures.path("llama"));
    main(REVISION + "\n");
  }

  private void main(String commit) {
    HubDownload.main(repository, commit);
  }

  private static String opening(Path path) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      return checkpoint.path().getFileName() + " " + checkpoint.name();
    }
  }

  @Test
  void aRepositoryStandsForTheSnapshotOfItsMainBranch() throws IOException {
    HubDownload.snapshot(repository, "ffff0000", Fixtures.path("tiny"));
    assertThat(opening(repository)).isEqualTo("0123abcd tiny");
    assertThat(opening(repository.resolve("snapshots"))).isEqualTo("0123abcd tiny");
    main("ffff0000");
    assertThat(opening(repository)).isEqualTo("ffff0000 tiny");
  }

  @Test
  void theOnlySnapshotNeedsNoBranch() throws IOException {
    Files.delete(repository.resolve("refs/main"));
    assertThat(opening(repository)).isEqualTo("0123abcd tiny");
  }

  @Test
  void ofSeveralSnapshotsWithoutABranchNoneIsTaken() throws IOException {
    HubDownload.snapshot(repository, "ffff0000", Fixtures.path("tiny"));
    main("77777777");
    assertThatThrownBy(() -> Checkpoint.open(repository))
        .hasMessage(
            "models--org--tiny: holds 2 revisions and refs/main names none of them; give the path"
                + " of the one that is meant below it: snapshots/0123abcd, snapshots/ffff0000");
    assertThat(opening(repository.resolve("snapshots/ffff0000"))).isEqualTo("ffff0000 tiny");
  }

  @Test
  void aRevisionOfAnotherRepositoryThanMainNamesIsNotReached() throws IOException {
    main("../../models--org--other/snapshots/x");
    assertThat(opening(repository)).isEqualTo("0123abcd tiny");
  }

  @Test
  void aFolderOfRepositoriesNamesThem() {
    assertThatThrownBy(() -> Checkpoint.open(hub)).hasMessageContaining("models--org--tiny");
  }

  @Test
  void linksAreTheFilesThatTheyLeadTo() {
    Manifest linked = Manifest.of(repository);
    assertThat(linked.root()).isEqualTo(Manifest.of(Fixtures.path("llama")).root());
    assertThat(Inspection.of(repository).isRefused()).isFalse();
    assertThat(Inspection.of(repository).findings())
        .anySatisfy(
            finding ->
                assertThat(finding.sentence())
                    .isEqualTo(
                        "is revision 0123abcd of org/tiny in the Hugging Face cache, the only one"
                            + " there"));
  }

  @Test
  void adaptersAndSingleFilesAreFoundToo() throws IOException {
    Path adapter = hub.resolve("models--org--adapter");
    HubDownload.snapshot(adapter, "1111", Fixtures.path("tiny_adapter"));
    try (Adapter opened = Adapter.open(adapter)) {
      assertThat(opened.name()).isEqualTo("adapter");
    }
    Path ggufs = hub.resolve("models--org--tiny-GGUF");
    Path snapshot = HubDownload.snapshot(ggufs, "2222", Fixtures.path("gguf"));
    Path file = snapshot.resolve("llama-Q8_0.gguf");
    assertThat(opening(file)).isEqualTo("llama-Q8_0.gguf llama-Q8_0.gguf");
    assertThat(Manifest.of(file).root())
        .isEqualTo(Manifest.of(Fixtures.path("gguf/llama-Q8_0.gguf")).root());
  }

  @Test
  void aBlobThatIsNotThereIsADownloadToBeCompleted() throws IOException {
    Path weights = repository.resolve("snapshots/0123abcd/model.safetensors");
    Files.delete(weights.toRealPath());
    assertThatThrownBy(() -> Manifest.of(repository))
        .hasMessage(
            "model.safetensors: is a symbolic link to a file that is not there; the download is not"
                + " complete, go on with it: hf download org/tiny --revision 0123abcd");
    Files.delete(weights);
    assertThatThrownBy(() -> Checkpoint.open(repository))
        .hasMessage(
            "model.safetensors: is missing; the download is not complete, go on with it: hf"
                + " download org/tiny --revision 0123abcd");
  }

  @Test
  void aLinkThatLeavesTheRepositoryIsNotFollowed() throws IOException {
    Path secret = Files.writeString(hub.resolve("secret.json"), "{}");
    Path config = repository.resolve("snapshots/0123abcd/config.json");
    Files.delete(config);
    Files.createSymbolicLink(config, Path.of("../../../secret.json"));
    assertLeavesTheRepository();
    // by way of a blob, which is a link itself, and of a folder
    Files.delete(config);
    Files.createSymbolicLink(repository.resolve("blobs/deep"), secret);
    Files.createSymbolicLink(config, Path.of("../../blobs/deep"));
    assertLeavesTheRepository();
    Files.delete(config);
    Files.createSymbolicLink(repository.resolve("blobs/way"), hub);
    Files.createSymbolicLink(config, Path.of("../../blobs/way/secret.json"));
    assertLeavesTheRepository();
  }

  private void assertLeavesTheRepository() {
    String sentence =
        "config.json: is a symbolic link that leads out of models--org--tiny, which is not"
            + " followed; put the file itself there (cp -L)";
    assertThatThrownBy(() -> Manifest.of(repository)).hasMessage(sentence);
    assertThatThrownBy(() -> Checkpoint.open(repository)).hasMessage(sentence);
  }

  @Test
  void outsideOfACacheLinksMayLeadToFilesOfTheSameCheckpoint(@TempDir Path folder)
      throws IOException {
    Path model = Fixtures.copy("llama", folder.resolve("model"));
    Path weights = model.resolve("model.safetensors");
    Files.move(weights, model.resolve("weights-of-today.safetensors"));
    Files.createSymbolicLink(weights, Path.of("weights-of-today.safetensors"));
    assertThat(opening(model)).isEqualTo("model model");
    Files.move(model.resolve("config.json"), folder.resolve("config.json"));
    Files.createSymbolicLink(model.resolve("config.json"), Path.of("../config.json"));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("leads out of model, which is not followed");
  }

  @Test
  void aLinkToAFolderIsNotFollowed() throws IOException {
    Files.createSymbolicLink(repository.resolve("snapshots/0123abcd/onnx"), Path.of("../../blobs"));
    assertThatThrownBy(() -> Manifest.of(repository))
        .hasMessage(
            "onnx: is a symbolic link to a folder, which is not followed; put the folder there");
  }

  @Test
  void linksMayBeAbsoluteOrLeadThroughOthers() throws IOException {
    Path snapshot = repository.resolve("snapshots/0123abcd");
    Path config = snapshot.resolve("config.json");
    Path blob = config.toRealPath();
    Files.delete(config);
    Files.createSymbolicLink(config, blob);
    Path weights = snapshot.resolve("model.safetensors");
    Path content = weights.toRealPath();
    Path moved = repository.resolve("blobs/by-another-name");
    Files.move(content, moved);
    Files.createSymbolicLink(content, Path.of("by-another-name"));
    assertThat(opening(repository)).isEqualTo("0123abcd tiny");
    assertThat(Manifest.of(repository).root())
        .isEqualTo(Manifest.of(Fixtures.path("llama")).root());
    // the whole cache may be a link, as where a home directory has little room
    Path elsewhere = Files.createSymbolicLink(hub.resolve("cache"), hub);
    assertThat(opening(elsewhere.resolve("models--org--tiny"))).isEqualTo("0123abcd tiny");
  }

  @Test
  void linksThatLeadInACircleAreRefused() throws IOException {
    Path config = repository.resolve("snapshots/0123abcd/config.json");
    Files.delete(config);
    Files.createSymbolicLink(repository.resolve("blobs/one"), Path.of("two"));
    Files.createSymbolicLink(repository.resolve("blobs/two"), Path.of("one"));
    Files.createSymbolicLink(config, Path.of("../../blobs/one"));
    String sentence =
        "config.json: is a symbolic link that cannot be followed; put the file itself there (cp"
            + " -L)";
    assertThatThrownBy(() -> Manifest.of(repository)).hasMessage(sentence);
    assertThatThrownBy(() -> Checkpoint.open(repository)).hasMessage(sentence);
  }

  @Test
  void aBlobThatBecomesALinkOutWhileItIsReadIsNotFollowed() throws IOException {
    Path secret = Files.writeString(hub.resolve("secret"), "secret");
    Path config = repository.resolve("snapshots/0123abcd/config.json");
    Path root = config.getParent();
    Path target = LinkedFile.target(root, config, "config.json");
    Files.delete(target);
    Files.createSymbolicLink(target, secret);
    assertThatThrownBy(() -> LinkedFile.open(root, config, target)).isInstanceOf(IOException.class);
    // nor is the folder that it was in
    Files.move(repository.resolve("blobs"), hub.resolve("blobs"));
    Files.createSymbolicLink(repository.resolve("blobs"), hub.resolve("blobs"));
    assertThatThrownBy(() -> LinkedFile.open(root, config, target)).isInstanceOf(IOException.class);
  }

  @Test
  void filesInFoldersOfASnapshotAreLinksToo() throws IOException {
    Path below = Files.createDirectories(repository.resolve("snapshots/0123abcd/original"));
    Files.writeString(repository.resolve("blobs/params"), "{}");
    Files.createSymbolicLink(below.resolve("params.json"), Path.of("../../../blobs/params"));
    assertThat(Manifest.of(repository).entries())
        .extracting(Manifest.Entry::path)
        .contains("original/params.json");
  }

  @Test
  void otherBranchesAndTagsAreNotTakenForMain() throws IOException {
    HubDownload.snapshot(repository, "ffff0000", Fixtures.path("tiny"));
    Path refs = Files.createDirectories(repository.resolve("refs/pr"));
    Files.writeString(refs.resolve("1"), "ffff0000");
    Files.writeString(repository.resolve("refs/v1.0"), "ffff0000");
    assertThat(opening(repository)).isEqualTo("0123abcd tiny");
    Files.delete(repository.resolve("refs/main"));
    assertThatThrownBy(() -> Checkpoint.open(repository))
        .hasMessageContaining("refs/main names none of them");
  }

  @Test
  void pathsMayEndInASlashAndHoldDots() {
    assertThat(opening(Path.of(repository + "/"))).isEqualTo("0123abcd tiny");
    assertThat(opening(Path.of(repository + "/snapshots/../snapshots/0123abcd/")))
        .isEqualTo("0123abcd tiny");
    assertThatThrownBy(() -> Checkpoint.open(Path.of("~/models--org--tiny")))
        .hasMessage(
            "~/models--org--tiny: begins with ~, which no shell has replaced here; give the full"
                + " path");
  }
}
