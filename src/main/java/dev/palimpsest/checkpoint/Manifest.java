package dev.palimpsest.checkpoint;

import dev.palimpsest.Sha256;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The content digest of a checkpoint, file by file.
 *
 * <p>The root is that of OpenSSF model signing v1.0 with the serialisation "files": SHA-256 over
 * the files' raw SHA-256 digests, ordered by path component in code-point order; {@code .git},
 * {@code .gitattributes}, {@code .github}, {@code .gitignore} and the signature, {@code model.sig},
 * at the top are left out, so that signing a checkpoint does not make another of it. A symbolic
 * link to a file inside the checkpoint, or in the blobs of its repository in the Hugging Face
 * cache, counts as that file; other links are refused. A single file is a manifest of one entry.
 *
 * @param name the file's or folder's name, informative
 * @param entries the files in the order of the root
 * @param root the digest of the whole in lower-case hex
 */
public record Manifest(String name, List<Entry> entries, String root) {
  /** The file that a checkpoint's signature stands in. */
  public static final String SIGNATURE = "model.sig";

  /** The rule by which {@link #root} is made, for people who compare it with another tool's. */
  public static final String RULE =
      "OpenSSF model signing: sha256 of the files' sha256, ordered as by its library 1.1";

  private static final int CHUNK_BYTES = 1 << 20;

  public Manifest {
    entries = List.copyOf(entries);
  }

  /**
   * One file.
   *
   * @param path the path inside the checkpoint with slashes
   * @param size its bytes
   * @param sha256 its digest in lower-case hex
   */
  public record Entry(String path, long size, String sha256) {}

  /** Hears how far the digest has come. */
  @FunctionalInterface
  public interface Progress {
    /** Takes the bytes read so far and the bytes in all. */
    void at(long done, long total);
  }

  /**
   * Reads a file or folder and returns its manifest.
   *
   * @throws CheckpointException if it holds a symbolic link that leads out of it, or cannot be read
   */
  public static Manifest of(Path path) {
    return of(path, (done, total) -> {});
  }

  /** As {@link #of(Path)}; the progress is told after each megabyte. */
  public static Manifest of(Path path, Progress progress) {
    Path real = CheckpointLocation.real(path);
    List<ManifestFile> files = ManifestFile.list(real);
    long total = files.stream().mapToLong(ManifestFile::size).sum();
    MessageDigest root = Sha256.start();
    List<Entry> entries = new ArrayList<>();
    long done = 0;
    for (ManifestFile file : files) {
      byte[] digest = digest(file, done, total, progress);
      root.update(digest);
      entries.add(new Entry(file.name(), file.size(), HexFormat.of().formatHex(digest)));
      done += file.size();
    }
    return new Manifest(
        CheckpointLocation.nameOf(real), entries, HexFormat.of().formatHex(root.digest()));
  }

  /**
   * Returns the manifest of files whose digests are known, in whatever order they are given.
   *
   * @param name the file's or folder's name
   */
  public static Manifest of(String name, List<Entry> files) {
    List<Entry> entries =
        files.stream()
            .sorted((one, other) -> ManifestFile.compare(parts(one.path()), parts(other.path())))
            .toList();
    MessageDigest root = Sha256.start();
    entries.forEach(entry -> root.update(HexFormat.of().parseHex(entry.sha256())));
    return new Manifest(name, entries, HexFormat.of().formatHex(root.digest()));
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  /**
   * Returns the manifest that an inspection of the same path takes its digest from: of the lone
   * GGUF file in a folder, not of the folder.
   */
  public static Manifest ofCheckpoint(Path path, Progress progress) {
    return of(CheckpointLocation.of(path).path(), progress);
  }

  /**
   * Returns the root by the order that the text of the specification (v1.0, 2026-05-14) gives: by
   * the code points of the whole path. It differs from {@link #root}, the order of the library
   * (1.1), only where a name goes on where another one has its slash: {@code a-b/y} comes before
   * {@code a/x} here and after it there.
   */
  public String rootInSpecificationOrder() {
    MessageDigest digest = Sha256.start();
    entries.stream()
        .sorted((one, other) -> Arrays.compare(points(one.path()), points(other.path())))
        .forEach(entry -> digest.update(HexFormat.of().parseHex(entry.sha256())));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int[] points(String path) {
    return path.codePoints().toArray();
  }

  /** Returns the bytes of all files. */
  public long size() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  private static byte[] digest(ManifestFile entry, long before, long total, Progress progress) {
    MessageDigest digest = Sha256.start();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (ModelFile file = ModelFile.open(entry.root(), entry.path(), entry.name())) {
      for (long at = 0; at < entry.size(); at += chunk.length) {
        int count = (int) Math.min(chunk.length, entry.size() - at);
        file.read(at, chunk, count);
        digest.update(chunk, 0, count);
        progress.at(before + at + count, total);
      }
    }
    return digest.digest();
  }
}
