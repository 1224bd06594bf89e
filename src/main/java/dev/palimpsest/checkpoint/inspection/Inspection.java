package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.ModelSignature;
import dev.palimpsest.checkpoint.tensor.StoredType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a checkpoint is and what is wrong with it.
 *
 * @param name the file's or folder's name
 * @param kind its format
 * @param family the model's family, for an adapter LORA; empty if it cannot be told
 * @param parameters the number of elements of all tensors; 0 if they cannot be read
 * @param storedTypes how many elements are stored in which type
 * @param size the bytes of all files
 * @param digest the manifest's root in lower-case hex, by {@link Manifest#RULE}; absent if the
 *     files cannot be digested
 * @param files what the digest covers, in its order
 * @param signature the signature beside it, if there is one that agrees with the files
 * @param findings what was found, errors first
 */
public record Inspection(
    String name,
    CheckpointKind kind,
    String family,
    long parameters,
    Map<StoredType, Long> storedTypes,
    long size,
    Optional<String> digest,
    List<Manifest.Entry> files,
    Optional<ModelSignature> signature,
    List<Finding> findings) {
  public Inspection {
    Objects.requireNonNull(kind, "kind is null");
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }

  /** How bad a finding is. */
  public enum Severity {
    /** The checkpoint is refused. */
    ERROR,
    /** It can be used, but somebody should look. */
    WARNING,
    /** Worth knowing. */
    INFO
  }

  /**
   * Something found.
   *
   * @param severity how bad it is
   * @param file the file's name inside the checkpoint
   * @param sentence what is wrong and what to do
   */
  public record Finding(Severity severity, String file, String sentence) {}

  /**
   * Inspects a checkpoint or adapter; every weight is read once.
   *
   * @throws CheckpointException if there is nothing at the path that could be one
   */
  public static Inspection of(Path path) {
    return of(path, (done, total) -> {});
  }

  /** As {@link #of(Path)}; the progress of the digest is told. */
  public static Inspection of(Path path, Manifest.Progress progress) {
    return of(path, ModelKeys.none(), progress);
  }

  /** As {@link #of(Path)}; whose signatures are known is given. */
  public static Inspection of(Path path, ModelKeys known, Manifest.Progress progress) {
    return new Inspector(CheckpointLocation.of(path), known, progress).inspect();
  }

  /** Returns the same inspection with other findings. */
  public Inspection withFindings(List<Finding> others) {
    return new Inspection(
        name, kind, family, parameters, storedTypes, size, digest, files, signature, others);
  }

  /** Says whether there is an error, so that it may not be used. */
  public boolean isRefused() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /**
   * Does nothing if it may be used.
   *
   * @throws CheckpointException with the first error otherwise
   */
  public void requireSound() {
    findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .findFirst()
        .ifPresent(
            error -> {
              throw new CheckpointException(error.file(), error.sentence());
            });
  }
}
