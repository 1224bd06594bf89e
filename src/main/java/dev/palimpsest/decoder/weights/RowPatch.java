package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.adapter.TokenRows;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.FloatBuffer;
import java.util.List;

/** Puts an adapter's rows in the place of those of a table on its way into a weight. */
final class RowPatch implements TensorStore.Visitor {
  private final TensorStore.Visitor next;
  private final float[] rows;
  private final List<Integer> tokens;
  private final int width;
  private long seen;

  private RowPatch(TensorStore.Visitor next, float[] rows, List<Integer> tokens) {
    this.next = next;
    this.rows = rows;
    this.tokens = tokens;
    this.width = rows.length / tokens.size();
  }

  static RowPatch of(Adapter adapter, TokenRows replaced, TensorStore.Visitor next) {
    String tensor = replaced.tensor();
    float[] rows = new float[Math.toIntExact(adapter.tensors().info(tensor).elements())];
    adapter.tensors().readFloat32(tensor, FloatBuffer.wrap(rows));
    return new RowPatch(next, rows, replaced.tokens());
  }

  @Override
  public void visit(float[] numbers, int count) {
    for (int row = 0; row < tokens.size(); row++) {
      long first = (long) tokens.get(row) * width;
      long from = Math.max(first, seen);
      long to = Math.min(first + width, seen + count);
      if (from < to) {
        int source = (int) (row * (long) width + (from - first));
        System.arraycopy(rows, source, numbers, (int) (from - seen), (int) (to - from));
      }
    }
    seen += count;
    next.visit(numbers, count);
  }
}
