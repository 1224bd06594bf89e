package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;

/**
 * A weight in the 8-bit format of bitsandbytes: number [r, c] is {@code codes[r, c] * scales[r] /
 * 127} in float32.
 *
 * @param codes signed bytes, row by row
 * @param info name and shape
 * @param scales one for each row
 */
record Int8Tensor(StoredTensor codes, TensorInfo info, float[] scales) implements TensorSource {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final float PER_STEP = (float) 7.874015718698502e-3;

  @Override
  public void scan(TensorStore.Visitor visitor) {
    int columns = Math.toIntExact(info.shape()[1]);
    byte[] raw = new byte[Math.min(CHUNK_BYTES, columns)];
    float[] numbers = new float[raw.length];
    for (int row = 0; row < scales.length; row++) {
      for (int done = 0; done < columns; done += raw.length) {
        int count = Math.min(raw.length, columns - done);
        codes.file().read(codes.offset() + (long) row * columns + done, raw, count);
        for (int i = 0; i < count; i++) {
          numbers[i] = raw[i] * scales[row] * PER_STEP;
        }
        visitor.visit(numbers, count);
      }
    }
  }

  @Override
  public ByteBuffer bytes() {
    return codes.bytes();
  }
}
