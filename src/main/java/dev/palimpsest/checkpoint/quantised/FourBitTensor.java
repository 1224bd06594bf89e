package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;

/**
 * A weight in a 4-bit format of bitsandbytes, NF4 or FP4.
 *
 * <p>Each byte holds two numbers, the first in its high nibble; number i is {@code table[nibble] *
 * scales[i / blockSize]} in float32, rounded to the type the model was loaded in.
 *
 * @param packed the nibbles
 * @param info name, the weight's own shape
 * @param table 16 values
 * @param scales one for each block
 * @param blockSize numbers in a block, a power of two
 * @param rounding F32, BF16 or F16
 */
record FourBitTensor(
    StoredTensor packed,
    TensorInfo info,
    float[] table,
    float[] scales,
    int blockSize,
    StoredType rounding)
    implements TensorSource {
  private static final int CHUNK_BYTES = 1 << 16;

  @Override
  public void scan(TensorStore.Visitor visitor) {
    long length = packed.info().byteLength();
    byte[] raw = new byte[(int) Math.min(CHUNK_BYTES, length)];
    float[] numbers = new float[2 * raw.length];
    for (long at = 0; at < length; at += raw.length) {
      int count = (int) Math.min(raw.length, length - at);
      packed.file().read(packed.offset() + at, raw, count);
      decode(raw, count, 2 * at, numbers);
      rounding.round(numbers, 2 * count);
      visitor.visit(numbers, 2 * count);
    }
  }

  private void decode(byte[] raw, int count, long first, float[] numbers) {
    for (int i = 0; i < count; i++) {
      float scale = scales[(int) ((first + 2L * i) / blockSize)];
      numbers[2 * i] = table[(raw[i] >> 4) & 15] * scale;
      numbers[2 * i + 1] = table[raw[i] & 15] * scale;
    }
  }

  @Override
  public ByteBuffer bytes() {
    return packed.bytes();
  }
}
