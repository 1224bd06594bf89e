package dev.palimpsest.backup;

import dev.palimpsest.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the members of a backup one after the other, and keeps their sizes and digests. */
final class MemberWriter implements AutoCloseable {
  private static final String OWNER_ONLY = "rw-------";
  private static final int BUFFER = 1 << 16;

  private final ZipOutputStream zip;
  private final List<Contents.Member> members = new ArrayList<>();

  MemberWriter(Path file) throws IOException {
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
    zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    // Weights and compressed pages of a database do not get smaller by much.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Adds a file; one that is gone is left out. */
  void add(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      zip.putNextEntry(new ZipEntry(name));
      MessageDigest digest = Sha256.start();
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        zip.write(buffer, 0, read);
        digest.update(buffer, 0, read);
        bytes += read;
      }
      zip.closeEntry();
      members.add(new Contents.Member(name, bytes, HexFormat.of().formatHex(digest.digest())));
    } catch (NoSuchFileException gone) {
      // Nothing was written for it yet.
    }
  }

  boolean has(String name) {
    return members.stream().anyMatch(member -> member.name().equals(name));
  }

  List<Contents.Member> list() {
    return List.copyOf(members);
  }

  /** Adds the last member, which names the others. */
  void end(String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
