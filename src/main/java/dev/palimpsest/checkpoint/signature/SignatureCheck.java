package dev.palimpsest.checkpoint.signature;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.FileRole;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a checkpoint's files against the signature beside them. */
public final class SignatureCheck {
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_NAMED = 3;

  /** Hears what is to be said besides. */
  public interface Notes {
    /** Takes what speaks against the checkpoint. */
    void error(String file, String sentence);

    /** Takes what somebody should look at. */
    void warning(String file, String sentence);

    /** Takes what is worth knowing. */
    void info(String file, String sentence);
  }

  private final Manifest manifest;
  private final ModelKeys known;
  private final Notes notes;
  private final List<String> missing = new ArrayList<>();
  private boolean differs;

  private SignatureCheck(Manifest manifest, ModelKeys known, Notes notes) {
    this.manifest = manifest;
    this.known = known;
    this.notes = notes;
  }

  /**
   * Checks the signature of a checkpoint, if it has one.
   *
   * @param path the folder, or the file
   * @param manifest its files as they are
   * @return the signature, if there is one and every file that is used is as it was signed
   */
  public static Optional<ModelSignature> of(
      Path path, Manifest manifest, ModelKeys known, Notes notes) {
    boolean isFolder = Files.isDirectory(path);
    Path folder = isFolder ? path : path.toAbsolutePath().getParent();
    List<String> names =
        isFolder
            ? List.of(Manifest.SIGNATURE)
            : List.of(CheckpointLocation.nameOf(path) + ".sig", Manifest.SIGNATURE);
    SignatureCheck check = new SignatureCheck(manifest, known, notes);
    return names.stream()
        .filter(name -> ModelFile.isIn(folder, name))
        .findFirst()
        .flatMap(name -> check.read(folder, name, isFolder));
  }

  private Optional<ModelSignature> read(Path folder, String name, boolean isFolder) {
    try (ModelFile file = ModelFile.in(folder, name)) {
      if (file.size() == 0) {
        throw new CheckpointException(name, "is empty; fetch it again, or take it away");
      }
      SignatureBundle bundle = SignatureBundle.parse(file.all(MOST_BYTES), name);
      SignedManifest signed = SignedManifest.parse(bundle.payload(), name);
      Signer.Told signer = new Signer(bundle, known, name).tell();
      compare(signed, name, isFolder);
      if (differs) {
        return Optional.empty();
      }
      tell(signer, signed, name);
      return Optional.of(new ModelSignature(signer.trusted(), signer.name(), signed.root()));
    } catch (CheckpointException broken) {
      notes.error(broken.file(), broken.sentence());
      return Optional.empty();
    }
  }

  private void compare(SignedManifest signed, String name, boolean isFolder) {
    Map<String, String> left = new LinkedHashMap<>(signed.digests());
    boolean together = left.size() == 1 && left.containsKey(SignedManifest.THE_FILE);
    for (Manifest.Entry entry : manifest.entries()) {
      String digest = left.remove(together && !isFolder ? SignedManifest.THE_FILE : entry.path());
      if (digest == null) {
        unsigned(signed, entry.path(), name);
      } else if (!digest.equals(entry.sha256())) {
        differs(
            entry.path(),
            "is not the file that was signed: %s says sha256 %s, and it has %s; fetch it again"
                .formatted(name, digest, entry.sha256()));
      }
    }
    if (isFolder) {
      left.keySet().forEach(path -> missing(path, name));
    }
  }

  private void unsigned(SignedManifest signed, String path, String name) {
    if (signed.ignores(path)) {
      if (isUsed(path)) {
        notes.warning(
            path, "is used, and " + name + " does not cover it: its signer left it out by name");
      }
    } else if (isUsed(path)) {
      differs(
          path,
          "was not there when the checkpoint was signed by "
              + name
              + "; fetch the checkpoint again, into an empty folder");
    } else {
      notes.warning(path, "was not there when the checkpoint was signed; it is not used");
    }
  }

  /** What is never used need not have been fetched or uploaded. */
  private void missing(String path, String name) {
    if (isUsed(path)) {
      differs(path, "is missing, and " + name + " says that it was signed; fetch it again");
    } else {
      missing.add(path);
    }
  }

  private void differs(String file, String sentence) {
    differs = true;
    notes.error(file, sentence);
  }

  private static boolean isUsed(String path) {
    return FileRole.of(path.substring(path.lastIndexOf('/') + 1)) == FileRole.USED;
  }

  private void tell(Signer.Told signer, SignedManifest signed, String name) {
    if (signer.trusted()) {
      notes.info(name, "verified: signed by " + signer.name());
    } else {
      notes.warning(
          name,
          "agrees with the files and is signed by "
              + signer.name()
              + ", so who signed is not proven; give the signer's public key with --model-key, or"
              + " a root certificate with --model-root");
    }
    if (!missing.isEmpty()) {
      List<String> named = missing.subList(0, Math.min(MOST_NAMED, missing.size()));
      notes.info(
          name,
          "%d of the signed files are not here and are not needed (%s%s), so the digest that was signed, sha256:%s, is that of all of them"
              .formatted(
                  missing.size(),
                  Printable.text(String.join(", ", named)),
                  missing.size() > MOST_NAMED ? ", …" : "",
                  signed.root()));
    }
  }
}
