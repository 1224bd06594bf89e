package dev.palimpsest.evidence.verify;

import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.IntegrityException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle's members, read from its zip; nothing is unpacked. */
final class BundleFile implements AutoCloseable {
  /** Members other than the items are read whole. */
  private static final int LARGEST = 256 << 20;

  private static final int MANY = 10_000;
  private static final int CHUNK = 1 << 16;

  private final ZipFile zip;
  private final SortedMap<String, ZipEntry> entries = new TreeMap<>();

  private BundleFile(ZipFile zip) {
    this.zip = zip;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entries.put(entry.getName(), entry) != null) {
        throw new IntegrityException("The bundle holds " + entry.getName() + " twice.");
      }
      if (entries.size() > MANY) {
        throw new IntegrityException("The bundle holds more than " + MANY + " files.");
      }
    }
  }

  static BundleFile open(Path path) {
    try {
      return new BundleFile(new ZipFile(path.toFile()));
    } catch (IOException | IllegalArgumentException e) {
      throw new IntegrityException(path + " is no bundle: it cannot be opened as a zip.", e);
    }
  }

  /** Returns the sha256 of every member by name. */
  SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    for (ZipEntry entry : entries.values()) {
      digests.put(entry.getName(), digest(entry));
    }
    return digests;
  }

  private String digest(ZipEntry entry) {
    MessageDigest digest = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = zip.getInputStream(entry)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw damaged(entry.getName(), e);
    }
  }

  /** Returns a member as text. */
  String text(String name) {
    try (InputStream in = zip.getInputStream(entry(name))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IntegrityException(name + " in the bundle is larger than 256 MB.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  /** Calls the consumer with each line of a member and its number, from 1. */
  void lines(String name, ObjIntConsumer<String> consumer) {
    try (InputStream in = zip.getInputStream(entry(name));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        consumer.accept(line, ++number);
      }
    } catch (CharacterCodingException e) {
      throw new IntegrityException(name + " in the bundle is not UTF-8.", e);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IntegrityException("The bundle lacks " + name + ".");
    }
    return entry;
  }

  private static IntegrityException damaged(String name, IOException cause) {
    return new IntegrityException(
        name + " in the bundle is damaged (" + cause.getMessage() + ").", cause);
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new IntegrityException("The bundle cannot be closed.", e);
    }
  }
}
