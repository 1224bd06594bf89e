package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.block.BlockFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor in an open file.
 *
 * <p>Numbers are read through a small buffer, not a mapping: a file that is cut short while it is
 * read then fails with a sentence instead of a signal that ends the process.
 *
 * @param file the open file
 * @param offset where the bytes begin
 * @param info name, type and shape
 * @param order how the rows stand in the file
 */
public record StoredTensor(ModelFile file, long offset, TensorInfo info, RowOrder order)
    implements TensorSource {
  private static final int CHUNK_BYTES = 1 << 18;

  /**
   * Returns one of so many equal parts of the tensor along its first dimension.
   *
   * @param name the part's own name
   * @throws CheckpointException if it cannot be divided so
   */
  public StoredTensor part(String name, int part, int parts) {
    long[] shape = info.shape();
    long bytes = info.byteLength() / parts;
    if (shape[0] % parts != 0 || info.elements() / parts % info.type().blockElements() != 0) {
      throw refuse("has shape %s, which cannot be cut in %d".formatted(info.shapeText(), parts));
    }
    shape[0] /= parts;
    return new StoredTensor(
        file, offset + part * bytes, new TensorInfo(name, info.type(), shape, bytes), order);
  }

  /** Returns the same numbers under another name and shape. */
  public StoredTensor named(String name, long... shape) {
    return new StoredTensor(
        file, offset, new TensorInfo(name, info.type(), shape, info.byteLength()), order);
  }

  @Override
  public void scan(TensorStore.Visitor visitor) {
    BlockFormat format =
        info.type()
            .format()
            .orElseThrow(
                () ->
                    refuse(
                        "is stored as "
                            + info.type()
                            + ", which is not supported; give weights in bfloat16, float16 or float32"));
    if (order.isAsStored()) {
      scanInOrder(format, visitor);
    } else {
      scanHeads(format, visitor);
    }
  }

  private void scanInOrder(BlockFormat format, TensorStore.Visitor visitor) {
    long blocks = info.byteLength() / format.bytes();
    int chunk = (int) Math.min(blocks, CHUNK_BYTES / format.bytes());
    byte[] raw = new byte[chunk * format.bytes()];
    float[] numbers = new float[chunk * format.elements()];
    for (long done = 0; done < blocks; done += chunk) {
      int count = (int) Math.min(chunk, blocks - done);
      file.read(offset + done * format.bytes(), raw, count * format.bytes());
      format.decode(raw, 0, numbers, 0, count);
      visitor.visit(numbers, count * format.elements());
    }
  }

  private void scanHeads(BlockFormat format, TensorStore.Visitor visitor) {
    int rowBytes = rowBytes();
    int rowBlocks = rowBytes / format.bytes();
    byte[] head = new byte[headBytes()];
    float[] row = new float[rowBlocks * format.elements()];
    for (long at = 0; at < info.byteLength(); at += head.length) {
      file.read(offset + at, head, head.length);
      for (int i = 0; i < order.headRows(); i++) {
        format.decode(head, order.storedRow(i) * rowBytes, row, 0, rowBlocks);
        visitor.visit(row, row.length);
      }
    }
  }

  @Override
  public ByteBuffer bytes() {
    if (info.byteLength() > Integer.MAX_VALUE) {
      throw refuse("has more than 2 GiB and can only be read as numbers");
    }
    ByteBuffer bytes = order.isAsStored() ? file.map(offset, info.byteLength()) : reorderedBytes();
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer reorderedBytes() {
    int rowBytes = rowBytes();
    ByteBuffer reordered = ByteBuffer.allocate((int) info.byteLength());
    byte[] head = new byte[headBytes()];
    for (long at = 0; at < info.byteLength(); at += head.length) {
      file.read(offset + at, head, head.length);
      for (int i = 0; i < order.headRows(); i++) {
        reordered.put(head, order.storedRow(i) * rowBytes, rowBytes);
      }
    }
    return reordered.flip();
  }

  private int rowBytes() {
    return Math.toIntExact(info.byteLength() / info.shape()[0]);
  }

  private int headBytes() {
    return Math.multiplyExact(rowBytes(), order.headRows());
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(
        file.name(), "tensor " + Printable.text(info.name()) + " " + sentence);
  }
}
