package dev.palimpsest.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.palimpsest.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The sha256 over names and contents of a checkpoint's files. */
record Manifest(String root) {
  private static final int CHUNK = 1 << 20;

  static Manifest of(Path path) {
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update((path.relativize(file) + "\n" + Files.size(file) + "\n").getBytes(UTF_8));
        addContent(digest, file);
      }
      return new Manifest(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new CheckpointException(
          String.valueOf(path.getFileName()), "cannot be read; check that it is there.");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void addContent(MessageDigest digest, Path file) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
  }
}
