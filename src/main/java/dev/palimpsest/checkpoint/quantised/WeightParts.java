package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** The tensors that make up one quantised weight. */
final class WeightParts {
  private final Map<String, StoredTensor> tensors;
  private final String prefix;
  private final String file;

  /**
   * Looks at the parts of a weight.
   *
   * @param prefix what the parts' names begin with
   * @param present a part that is there, to name its file
   */
  WeightParts(Map<String, StoredTensor> tensors, String prefix, String present) {
    this.tensors = tensors;
    this.prefix = prefix;
    this.file = tensors.get(prefix + present).file().name();
  }

  boolean has(String part) {
    return tensors.containsKey(prefix + part);
  }

  StoredTensor get(String part) {
    StoredTensor stored = tensors.get(prefix + part);
    if (stored == null) {
      throw new CheckpointException(file, "missing tensor " + prefix + part + "; fetch it again");
    }
    return stored;
  }

  /** Returns a part of just so many numbers. */
  float[] numbers(String part, long count) {
    StoredTensor stored = get(part);
    if (stored.info().elements() != count || stored.info().type().format().isEmpty()) {
      throw refuse(
          "%s%s has %d entries of %s, expected %d numbers"
              .formatted(prefix, part, stored.info().elements(), stored.info().type(), count));
    }
    float[] numbers = new float[Math.toIntExact(count)];
    FloatBuffer target = FloatBuffer.wrap(numbers);
    stored.scan((piece, length) -> target.put(piece, 0, length));
    return numbers;
  }

  /** Returns a matrix of 32-bit words, row by row. */
  int[] words(String part, long rows, long columns) {
    StoredTensor stored = get(part);
    require(part, StoredType.I32, rows, columns);
    return words(stored);
  }

  /** Returns all 32-bit words of a tensor. */
  static int[] words(StoredTensor stored) {
    int[] words = new int[Math.toIntExact(stored.info().byteLength() / Integer.BYTES)];
    byte[] piece = new byte[Math.min(words.length * Integer.BYTES, 1 << 18)];
    for (int done = 0; done < words.length; ) {
      int count = Math.min(piece.length / Integer.BYTES, words.length - done);
      stored.file().read(stored.offset() + 4L * done, piece, count * Integer.BYTES);
      ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words, done, count);
      done += count;
    }
    return words;
  }

  /** Refuses a part that is no matrix of this type and size. */
  void require(String part, StoredType type, long rows, long columns) {
    TensorInfo info = get(part).info();
    String expected = TensorInfo.shapeText(new long[] {rows, columns});
    if (info.type() != type || !info.shapeText().equals(expected)) {
      throw refuse(
          "%s%s is %s %s, expected %s %s"
              .formatted(prefix, part, info.type(), info.shapeText(), type, expected));
    }
  }

  CheckpointException refuse(String sentence) {
    return new CheckpointException(file, "tensor " + sentence);
  }
}
