package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the tensor entries of a GGUF file and holds them against the file's size. */
final class GgufTensorReader {
  private static final int MAX_TENSORS = 200_000;
  private static final int MAX_NAME_BYTES = 512;
  private static final int MAX_RANK = 4;
  private static final long MAX_ALIGNMENT = 1 << 20;
  // name length and one byte, rank, one size, type, offset
  private static final int LEAST_ENTRY_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

  private final GgufReader in;
  private final ModelFile file;
  private final long alignment;
  private final Set<String> names = new HashSet<>();

  GgufTensorReader(GgufReader in, ModelFile file, GgufMetadata metadata) {
    this.in = in;
    this.file = file;
    this.alignment = alignment(metadata);
  }

  static int readCount(GgufReader in) {
    return in.count("tensor count", LEAST_ENTRY_BYTES, MAX_TENSORS);
  }

  private static long alignment(GgufMetadata metadata) {
    long alignment = metadata.integer("general.alignment", 32);
    if (alignment < 8 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw metadata.wrong("general.alignment", "a power of two from 8 to " + MAX_ALIGNMENT);
    }
    return alignment;
  }

  /** Reads the entries; offsets in the result count from the start of the file. */
  List<GgufFile.Entry> read(int count) {
    List<GgufFile.Entry> relative = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      relative.add(entry());
    }
    long dataStart = aligned(in.position());
    List<GgufFile.Entry> entries =
        relative.stream()
            .map(entry -> new GgufFile.Entry(file, entry.info(), dataStart + entry.offset()))
            .toList();
    requireOneAfterTheOther(entries, dataStart);
    return entries;
  }

  private GgufFile.Entry entry() {
    String name = in.text("tensor name", MAX_NAME_BYTES);
    if (!Printable.text(name).equals(name) || name.isEmpty() || name.contains("..")) {
      throw in.refuse("tensor " + Printable.text(name) + " has a name that is not allowed");
    }
    if (!names.add(name)) {
      throw in.refuse("has tensor " + name + " twice");
    }
    long[] shape = shape(name);
    long typeNumber = in.u32();
    StoredType type =
        GgufTypes.of(typeNumber).orElseThrow(() -> in.refuse(unsupported(name, typeNumber)));
    TensorInfo info = new TensorInfo(name, type, shape, byteLength(name, type, shape));
    return new GgufFile.Entry(file, info, offset(info));
  }

  private static String unsupported(String name, long type) {
    return "tensor %s has unsupported GGUF tensor type %s; convert the model to Q8_0 or F16"
        .formatted(name, GgufTypes.name(type));
  }

  private long[] shape(String name) {
    long rank = in.u32();
    if (rank < 1 || rank > MAX_RANK) {
      throw in.refuse("tensor %s has %d dimensions, expected 1 to 4".formatted(name, rank));
    }
    long[] shape = new long[(int) rank];
    for (int i = shape.length - 1; i >= 0; i--) {
      shape[i] = in.u64("a dimension of tensor " + name);
      if (shape[i] == 0) {
        throw in.refuse("tensor " + name + " has a dimension of 0");
      }
    }
    return shape;
  }

  private long byteLength(String name, StoredType type, long[] shape) {
    try {
      long rowBytes = type.bytesOf(shape[shape.length - 1]);
      long rows = TensorInfo.elements(shape) / shape[shape.length - 1];
      return Math.multiplyExact(rowBytes, rows);
    } catch (ArithmeticException e) {
      throw in.refuse(
          "tensor %s has dimensions out of range for %s: %s"
              .formatted(name, type, TensorInfo.shapeText(shape)));
    }
  }

  private long offset(TensorInfo info) {
    long offset = in.u64("offset of tensor " + info.name());
    if (offset % alignment != 0) {
      throw in.refuse(
          "tensor %s has offset %d, which is not a multiple of the alignment %d"
              .formatted(info.name(), offset, alignment));
    }
    return offset;
  }

  private void requireOneAfterTheOther(List<GgufFile.Entry> entries, long dataStart) {
    long end = dataStart;
    List<GgufFile.Entry> sorted =
        entries.stream().sorted(Comparator.comparingLong(GgufFile.Entry::offset)).toList();
    for (GgufFile.Entry entry : sorted) {
      requireAt(aligned(end), entry);
      end = entry.offset() + entry.info().byteLength();
    }
    if (file.size() > aligned(end) && !entries.isEmpty()) {
      throw in.refuse(
          "has %d trailing bytes after the last tensor; fetch it again"
              .formatted(file.size() - end));
    }
  }

  private void requireAt(long expected, GgufFile.Entry entry) {
    TensorInfo info = entry.info();
    if (entry.offset() < 0 || entry.offset() > file.size()) {
      throw in.refuse(
          "offset of tensor %s is out of range (%d in a file of %d bytes)"
              .formatted(info.name(), entry.offset(), file.size()));
    }
    if (info.byteLength() > file.size() - entry.offset()) {
      throw in.refuse(
          "is truncated: data of tensor %s exceed the file size; fetch it again"
              .formatted(info.name()));
    }
    if (entry.offset() != expected) {
      throw in.refuse(
          "tensor %s begins at %d, expected %d: tensors overlap or leave a gap"
              .formatted(info.name(), entry.offset(), expected));
    }
  }

  private long aligned(long position) {
    return (position + alignment - 1) / alignment * alignment;
  }
}
