package dev.palimpsest.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Reads the parts of one 4-bit weight and holds them against each other. */
final class FourBitReader {
  private static final int MAX_STATE_BYTES = 4096;
  private static final int TABLE = 16;

  /** Storing the nibbles in wider types lets them be sharded like other weights. */
  private static final Set<StoredType> STORAGE =
      EnumSet.of(StoredType.U8, StoredType.I8, StoredType.BF16, StoredType.F16, StoredType.F32);

  private final FourBitFormat format;
  private final WeightParts parts;
  private final String weight;
  private final StoredTensor packed;
  private ModelConfig state;
  private int blockSize;
  private TensorInfo info;

  FourBitReader(FourBitFormat format, Map<String, StoredTensor> tensors, String weight) {
    this.format = format;
    this.parts = new WeightParts(tensors, weight, format.state());
    this.weight = weight;
    this.packed = parts.get("");
  }

  FourBitTensor read() {
    state = state();
    blockSize = blockSize("blocksize");
    info = info();
    float[] table = parts.numbers(".quant_map", TABLE);
    return new FourBitTensor(packed, info, table, scales(), blockSize, rounding());
  }

  private ModelConfig state() {
    StoredTensor stored = parts.get(format.state());
    String name = weight + format.state();
    if (stored.info().type() != StoredType.U8 || stored.info().byteLength() > MAX_STATE_BYTES) {
      throw parts.refuse(name + " is not a short text in U8");
    }
    byte[] text = new byte[(int) stored.info().byteLength()];
    stored.bytes().get(text);
    ObjectNode node = StrictJson.object(text, stored.file().name(), "tensor " + name + " ");
    return new ModelConfig(stored.file().name() + " " + name, node);
  }

  private int blockSize(String field) {
    int size = state.naturalInt(field);
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw parts.refuse("%s has invalid %s %d".formatted(weight, field, size));
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
    return new TensorInfo(weight, format.type(), shape, packed.info().byteLength());
  }

  private void requirePacked(long[] shape) {
    long elements;
    try {
      elements = TensorInfo.elements(shape);
    } catch (ArithmeticException e) {
      throw parts.refuse(weight + " has a shape that overflows");
    }
    boolean fits = STORAGE.contains(packed.info().type()) && shape.length > 0;
    if (!fits || elements % 2 != 0 || elements / 2 != packed.info().byteLength()) {
      throw parts.refuse(
          "%s: packed data of %d bytes do not match shape %s"
              .formatted(weight, packed.info().byteLength(), TensorInfo.shapeText(shape)));
    }
  }

  private float[] scales() {
    int blocks = (int) blocks(info.elements(), blockSize);
    StoredTensor absmax = parts.get(".absmax");
    if (absmax.info().elements() != blocks) {
      throw parts.refuse(
          "%s.absmax has %d entries, expected %d"
              .formatted(weight, absmax.info().elements(), blocks));
    }
    return absmax.info().type() == StoredType.U8
        ? nestedScales(absmax, blocks)
        : parts.numbers(".absmax", blocks);
  }

  private float[] nestedScales(StoredTensor absmax, int blocks) {
    int nested = blockSize("nested_blocksize");
    float[] table = parts.numbers(".nested_quant_map", 256);
    float[] outer = parts.numbers(".nested_absmax", blocks(blocks, nested));
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
}
