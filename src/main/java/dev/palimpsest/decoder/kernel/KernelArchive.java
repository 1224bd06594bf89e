package dev.palimpsest.decoder.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the kernel's source text and a model's settings as a TorchScript archive.
 *
 * <p>The archive is a ZIP of stored entries: {@code version}, {@code byteorder}, {@code
 * code/__torch__/*.py} (source text), {@code constants.pkl} (an empty tuple) and {@code data.pkl}
 * (the module with its settings).
 */
final class KernelArchive {
  /** Chooses the operators' schemas; older ones lack arguments that the source uses. */
  private static final String FORMAT_VERSION = "10\n";

  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private KernelArchive() {}

  /** Returns the archive of a kernel with the given settings, by the names in settings.py. */
  static byte[] pack(Map<String, Object> settings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
      store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      for (String file : KernelSource.FILES) {
        String text = KernelSource.linked(file, KernelSource.read(file));
        store(zip, "code/__torch__/" + file + ".py", text.getBytes(StandardCharsets.UTF_8));
      }
      store(zip, "constants.pkl", EMPTY_TUPLE);
      store(zip, "data.pkl", Pickle.of(decoder(settings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static Pickle.Instance decoder(Map<String, Object> settings) {
    return new Pickle.Instance(
        "decoder",
        "Decoder",
        Map.of(
            "training", false, "settings", new Pickle.Instance("settings", "Settings", settings)));
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("decoder/" + name);
    entry.setCrc(checksum.getValue());
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
