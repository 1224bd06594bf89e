package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/** Reads the parts of one NF4 weight and holds them against each other. */
final class Nf4Reader {
  private static final int MAX_STATE_BYTES = 4096;
  private static final int TABLE = 16;

  private final Map<String, StoredTensor> tensors;
  private final String weight;
  private final StoredTensor packed;
  private ModelConfig state;
  private int blockSize;
  private TensorInfo info;

  Nf4Reader(Map<String, StoredTensor> tensors, String weight) {
    this.tensors = tensors;
    this.weight = weight;
    this.packed = tensor("");
  }

  Nf4Tensor read() {
    state = state();
    blockSize = blockSize("blocksize");
    info = info();
    float[] table = numbers(".quant_map", TABLE);
    return new Nf4Tensor(packed, info, table, scales(), blockSize, rounding());
  }

  private ModelConfig state() {
    StoredTensor stored = tensor(Nf4Weights.STATE);
    String name = weight + Nf4Weights.STATE;
    if (stored.info().type() != StoredType.U8 || stored.info().byteLength() > MAX_STATE_BYTES) {
      throw refuse(name + " is not a short text in U8");
    }
    byte[] text = new byte[(int) stored.info().byteLength()];
    stored.bytes().get(text);
    ObjectNode node = StrictJson.object(text, stored.file().name(), "tensor " + name + " ");
    return new ModelConfig(stored.file().name() + " " + name, node);
  }

  private int blockSize(String field) {
    int size = state.naturalInt(field);
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw refuse("%s has invalid %s %d".formatted(weight, field, size));
    }
    return size;
  }

  private TensorInfo info() {
    JsonNode list = state.node().path("shape");
    long[] shape = new long[list.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = list.get(i).canConvertToLong() ? list.get(i).longValue() : -1;
      if (shape[i] <= 0) {
        throw state.wrong("shape", "a list of positive integers");
      }
    }
    requirePacked(shape);
    return new TensorInfo(weight, StoredType.NF4, shape, packed.info().byteLength());
  }

  private void requirePacked(long[] shape) {
    long elements;
    try {
      elements = TensorInfo.elements(shape);
    } catch (ArithmeticException e) {
      throw refuse(weight + " has a shape that overflows");
    }
    boolean fits = packed.info().type() == StoredType.U8 && shape.length > 0;
    if (!fits || elements % 2 != 0 || elements / 2 != packed.info().byteLength()) {
      throw refuse(
          "%s: packed data of %d bytes do not match shape %s"
              .formatted(weight, packed.info().byteLength(), TensorInfo.shapeText(shape)));
    }
  }

  private float[] scales() {
    int blocks = (int) blocks(info.elements(), blockSize);
    StoredTensor absmax = tensor(".absmax");
    if (absmax.info().elements() != blocks) {
      throw refuse(
          "%s.absmax has %d entries, expected %d"
              .formatted(weight, absmax.info().elements(), blocks));
    }
    return absmax.info().type() == StoredType.U8
        ? nestedScales(absmax, blocks)
        : numbers(".absmax", blocks);
  }

  private float[] nestedScales(StoredTensor absmax, int blocks) {
    int nested = blockSize("nested_blocksize");
    float[] table = numbers(".nested_quant_map", 256);
    float[] outer = numbers(".nested_absmax", (int) blocks(blocks, nested));
    float offset = (float) state.number("nested_offset");
    ByteBuffer codes = absmax.bytes();
    float[] scales = new float[blocks];
    for (int i = 0; i < blocks; i++) {
      scales[i] = table[codes.get(i) & 0xff] * outer[i / nested] + offset;
    }
    return scales;
  }

  private static long blocks(long elements, int size) {
    return (elements + size - 1) / size;
  }

  private StoredType rounding() {
    return switch (state.text("dtype", "float32")) {
      case "float32" -> StoredType.F32;
      case "bfloat16" -> StoredType.BF16;
      case "float16" -> StoredType.F16;
      default -> throw state.wrong("dtype", "float32, bfloat16 or float16");
    };
  }

  private float[] numbers(String part, int count) {
    StoredTensor stored = tensor(part);
    if (stored.info().elements() != count || !stored.info().type().isReadable()) {
      throw refuse(
          "%s%s has %d entries of %s, expected %d numbers"
              .formatted(weight, part, stored.info().elements(), stored.info().type(), count));
    }
    float[] numbers = new float[count];
    FloatBuffer target = FloatBuffer.wrap(numbers);
    stored.scan((piece, length) -> target.put(piece, 0, length));
    return numbers;
  }

  private StoredTensor tensor(String part) {
    StoredTensor stored = tensors.get(weight + part);
    if (stored == null) {
      String file = tensors.get(weight + Nf4Weights.STATE).file().name();
      throw new CheckpointException(file, "missing tensor " + weight + part + "; fetch it again");
    }
    return stored;
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(packed.file().name(), "tensor " + sentence);
  }
}
