package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.FileSignature;
import dev.palimpsest.checkpoint.GgufParts;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A GGUF file whose header was read and checked: metadata and the place of every tensor.
 *
 * <p>Layout (versions 2 and 3): magic, version, tensor count, metadata count, metadata, tensor
 * entries, padding to the alignment, tensor data.
 */
public final class GgufFile implements Closeable {
  private static final String COUNT = "split.count";
  private static final String NUMBER = "split.no";
  private static final String TENSORS = "split.tensors.count";
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  /**
   * One tensor.
   *
   * @param file the file that holds it
   * @param info its GGUF name, type, and shape in Hugging Face order
   * @param offset where its bytes begin, from the start of the file
   */
  record Entry(ModelFile file, TensorInfo info, long offset) {
    /** Returns the tensor as it is in the file. */
    StoredTensor stored() {
      return new StoredTensor(file, offset, info, RowOrder.AS_STORED);
    }
  }

  private final ModelFile file;
  private final GgufMetadata metadata;
  private final List<Entry> entries;
  private final List<GgufFile> others;

  private GgufFile(
      ModelFile file, GgufMetadata metadata, List<Entry> entries, List<GgufFile> others) {
    this.file = file;
    this.metadata = metadata;
    this.entries = entries;
    this.others = others;
  }

  /**
   * Opens a file, and with the first part of a split model the others, and reads the headers.
   *
   * @throws CheckpointException if it is no sound GGUF file
   */
  public static GgufFile open(Path path) {
    GgufFile first = openPart(path);
    try {
      return first.metadata.integer(COUNT, 1) > 1 ? first.withOthers(path) : first;
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  private static GgufFile openPart(Path path) {
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
    List<Entry> entries = new GgufTensorReader(in, file, metadata).read(tensors);
    return new GgufFile(file, metadata, entries, List.of());
  }

  /**
   * Reads the header of one file and holds it against the file's length.
   *
   * @throws CheckpointException if it is no sound GGUF file
   * @throws ModelFile.NotArrivedException if the header goes on behind what has arrived
   */
  public static void requireHeader(ModelFile file) {
    read(file);
  }

  /**
   * Looks at the first bytes.
   *
   * @throws CheckpointException if it is no GGUF file, saying what it is instead
   */
  public static void requireMagic(ModelFile file) {
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

  private GgufFile withOthers(Path path) {
    List<Path> parts = GgufParts.of(path);
    long count = metadata.integer(COUNT);
    if (metadata.integer(NUMBER, 0) != 0) {
      throw refuse(
          "is part %d of %d; give the path of the first"
              .formatted(metadata.integer(NUMBER) + 1, count));
    }
    if (parts.size() != count) {
      throw refuse(
          "is the first of %d parts, but is not called NAME-00001-of-%05d.gguf"
              .formatted(count, count));
    }
    List<GgufFile> opened = new ArrayList<>();
    try {
      for (Path part : parts.subList(1, parts.size())) {
        opened.add(openOther(part, opened.size() + 1, count));
      }
      return new GgufFile(file, metadata, allEntries(opened), opened);
    } catch (RuntimeException e) {
      opened.forEach(GgufFile::close);
      throw e;
    }
  }

  private GgufFile openOther(Path path, int number, long count) {
    if (!Files.isRegularFile(path)) {
      throw refuse(
          "is the first of %d parts, but %s is missing; put all parts into one folder"
              .formatted(count, CheckpointLocation.nameOf(path)));
    }
    GgufFile part = openPart(path);
    if (part.metadata.integer(NUMBER, -1) != number || part.metadata.integer(COUNT, 1) != count) {
      part.close();
      throw part.refuse(
          "is not part %d of %d, as its name says; fetch it again".formatted(number + 1, count));
    }
    return part;
  }

  private List<Entry> allEntries(List<GgufFile> parts) {
    List<Entry> all = new ArrayList<>(entries);
    parts.forEach(part -> all.addAll(part.entries));
    Set<String> names = new HashSet<>();
    for (Entry entry : all) {
      if (!names.add(entry.info().name())) {
        throw new CheckpointException(
            entry.file().name(), "has tensor " + entry.info().name() + ", as another part has");
      }
    }
    if (metadata.integer(TENSORS, all.size()) != all.size()) {
      throw metadata.wrong(TENSORS, all.size() + ", the tensors in all parts");
    }
    return List.copyOf(all);
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(file.name(), sentence);
  }

  /** Returns the key-value part. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /** Returns the file's name. */
  public String name() {
    return file.name();
  }

  List<Entry> entries() {
    return entries;
  }

  @Override
  public void close() {
    file.close();
    others.forEach(GgufFile::close);
  }
}
