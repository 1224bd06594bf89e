package dev.palimpsest.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A small matrix whose rows are the stored columns, such as a factor of an adapter.
 *
 * @param name its name
 * @param stored the matrix as it is in the file, [rows, columns]
 */
public record TransposedTensor(String name, TensorSource stored) implements TensorSource {
  @Override
  public TensorInfo info() {
    long[] shape = stored.info().shape();
    return new TensorInfo(
        name, stored.info().type(), new long[] {shape[1], shape[0]}, stored.info().byteLength());
  }

  @Override
  public void scan(TensorStore.Visitor visitor) {
    float[] turned = turned();
    visitor.visit(turned, turned.length);
  }

  @Override
  public ByteBuffer bytes() {
    float[] turned = turned();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(turned.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(turned);
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private float[] turned() {
    long[] shape = stored.info().shape();
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    float[] values = new float[Math.multiplyExact(rows, columns)];
    FloatBuffer target = FloatBuffer.wrap(values);
    stored.scan((numbers, count) -> target.put(numbers, 0, count));
    float[] turned = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return turned;
  }
}
