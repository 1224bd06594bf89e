package dev.palimpsest.checkpoint;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A GGUF file whose header was read and checked: metadata and the place of every tensor.
 *
 * <p>Layout (versions 2 and 3): magic, version, tensor count, metadata count, metadata, tensor
 * entries, padding to the alignment, tensor data.
 */
public final class GgufFile implements Closeable {
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  /**
   * One tensor.
   *
   * @param info its GGUF name, type, and shape in Hugging Face order
   * @param offset where its bytes begin, from the start of the file
   */
  record Entry(TensorInfo info, long offset) {}

  private final ModelFile file;
  private final GgufMetadata metadata;
  private final List<Entry> entries;

  private GgufFile(ModelFile file, GgufMetadata metadata, List<Entry> entries) {
    this.file = file;
    this.metadata = metadata;
    this.entries = entries;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws CheckpointException if it is no sound GGUF file
   */
  public static GgufFile open(Path path) {
    ModelFile file = ModelFile.open(path, CheckpointLocation.nameOf(path));
    try {
      return read(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static GgufFile read(ModelFile file) {
    requireMagic(file);
    GgufReader in = new GgufReader(file);
    in.i32();
    requireVersion(in);
    int tensors = GgufTensorReader.readCount(in);
    GgufMetadataReader pairs = new GgufMetadataReader(in);
    GgufMetadata metadata = new GgufMetadata(file.name(), pairs.read(pairs.readCount()));
    refuseSplit(in, metadata);
    List<Entry> entries = new GgufTensorReader(in, file, metadata).read(tensors);
    return new GgufFile(file, metadata, entries);
  }

  static void requireMagic(ModelFile file) {
    if (file.size() == 0) {
      throw new CheckpointException(file.name(), "is empty; fetch it again");
    }
    if (Arrays.equals(file.head(MAGIC.length), MAGIC)) {
      return;
    }
    String really =
        FileSignature.of(file)
            .map(kind -> "not a GGUF file but " + kind.article() + kind.advice())
            .orElse("not a GGUF file: it does not begin with 'GGUF'; fetch it again");
    throw new CheckpointException(file.name(), "is " + really);
  }

  private static void requireVersion(GgufReader in) {
    long version = in.u32();
    if (version == 0x03000000L || version == 0x02000000L) {
      throw in.refuse("is a big-endian GGUF file, which is not supported; convert it again");
    }
    if (version != 2 && version != 3) {
      throw in.refuse(
          "has unsupported GGUF version " + version + ", expected 2 or 3; convert it again");
    }
  }

  private static void refuseSplit(GgufReader in, GgufMetadata metadata) {
    long parts = metadata.integer("split.count", 1);
    if (parts > 1) {
      throw in.refuse(
          "is one of %d parts; merge them first with 'llama-gguf-split --merge'".formatted(parts));
    }
  }

  /** Returns the key-value part. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /** Returns the file's name. */
  public String name() {
    return file.name();
  }

  ModelFile file() {
    return file;
  }

  List<Entry> entries() {
    return entries;
  }

  @Override
  public void close() {
    file.close();
  }
}
