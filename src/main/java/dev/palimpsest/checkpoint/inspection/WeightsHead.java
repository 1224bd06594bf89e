package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.FileSignature;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.gguf.GgufFile;
import dev.palimpsest.checkpoint.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Judges a weights file by its beginning, while the rest is still on its way: a file that can never
 * be valid is refused in its first second and not after hours.
 */
public final class WeightsHead {
  private static final int LENGTH_BYTES = 8;

  /**
   * A GGUF header does not say how long it is; it is looked at again whenever twice as much came.
   */
  private static final int FIRST_LOOK = 1 << 16;

  private static final byte[] GGUF = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private WeightsHead() {}

  /**
   * Judges the first bytes of a file.
   *
   * @param name the file's name inside the checkpoint; what is not .safetensors or .gguf passes
   * @param length the bytes the file will have
   * @param head its first bytes
   * @return 0 if nothing speaks against it, else how many first bytes are needed to tell
   * @throws CheckpointException if the file cannot be what its name says
   */
  public static long check(String name, long length, byte[] head) {
    if (name.endsWith(".gguf")) {
      return checkGguf(name, length, head);
    }
    if (!name.endsWith(".safetensors")) {
      return 0;
    }
    long needed = needed(length, head);
    return needed <= head.length ? judge(name, length, head, SafetensorsFile::read) : needed;
  }

  /** The whole header where its length makes sense; else what is there is enough to refuse it. */
  private static long needed(long length, byte[] head) {
    if (head.length < LENGTH_BYTES) {
      return Math.min(LENGTH_BYTES, length);
    }
    long header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean possible =
        header > 0 && header <= SafetensorsFile.MAX_HEADER_BYTES && header <= length - LENGTH_BYTES;
    return possible ? LENGTH_BYTES + header : head.length;
  }

  /** What is no GGUF file is looked at a little longer, to say what it is instead. */
  private static long checkGguf(String name, long length, byte[] head) {
    byte[] magic = Arrays.copyOf(head, Math.min(head.length, GGUF.length));
    if (Arrays.equals(magic, Arrays.copyOf(GGUF, magic.length))) {
      return checkGgufHeader(name, length, head);
    }
    long telling = Math.min(FileSignature.HEAD, length);
    if (head.length < telling) {
      return telling;
    }
    return judge(name, length, head, GgufFile::requireMagic);
  }

  private static long checkGgufHeader(String name, long length, byte[] head) {
    long look = Math.min(FIRST_LOOK, length);
    return head.length < look ? look : judge(name, length, head, GgufFile::requireHeader);
  }

  /**
   * Lets the reader of whole files judge: a file of the right length with nothing after the head.
   * Returns 0, or how many bytes it wants to see first.
   */
  private static long judge(String name, long length, byte[] head, Consumer<ModelFile> reader) {
    try {
      Path sparse = Files.createTempFile("palimpsest-head", ".weights");
      try {
        fill(sparse, length, head);
        try (ModelFile file = ModelFile.beginning(sparse, name, head.length)) {
          reader.accept(file);
          return 0;
        } catch (ModelFile.NotArrivedException goesOn) {
          return Math.min(length, 2L * head.length);
        }
      } finally {
        Files.deleteIfExists(sparse);
      }
    } catch (IOException e) {
      throw ModelFile.unreadable(name, e);
    }
  }

  private static void fill(Path sparse, long length, byte[] head) throws IOException {
    try (FileChannel channel =
        FileChannel.open(sparse, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(head), 0);
      if (length > head.length) {
        channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
      }
    }
  }
}
