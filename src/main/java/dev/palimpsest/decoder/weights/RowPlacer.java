package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.decoder.kernel.Rearrangement;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Weight;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Takes a tensor's numbers as they are read and places them into a weight, some rows at a time.
 *
 * <p>So neither a tensor nor a weight need ever be in memory a second time.
 */
final class RowPlacer implements TensorStore.Visitor {
  private final Staging staging;
  private final Weight weight;
  private final Pieces pieces;
  private final double plus;
  private long row;
  private FloatBuffer room;

  /**
   * How a tensor is cut along its first dimension in the file.
   *
   * @param rows rows of the weight that one step in that dimension fills
   * @param columns columns of the weight; 1 if it has none
   * @param steps how many such steps one piece takes
   * @param placing how the values of a piece of so many steps become rows
   */
  record Pieces(int rows, int columns, int steps, IntFunction<List<Rearrangement>> placing) {
    int elements() {
      return rows * columns * steps;
    }
  }

  RowPlacer(Staging staging, Weight weight, long row, Pieces pieces, double plus) {
    this.staging = staging;
    this.weight = weight;
    this.row = row;
    this.pieces = pieces;
    this.plus = plus;
    this.room = staging.room(pieces.elements());
  }

  @Override
  public void visit(float[] numbers, int count) {
    for (int done = 0; done < count; ) {
      int taken = Math.min(room.remaining(), count - done);
      room.put(numbers, done, taken);
      done += taken;
      if (!room.hasRemaining()) {
        place();
      }
    }
  }

  /** Places what has been taken since the last full piece. */
  void finish() {
    if (room.position() > 0) {
      place();
    }
  }

  private void place() {
    int steps = room.position() / (pieces.rows() * pieces.columns());
    for (Rearrangement part : pieces.placing().apply(steps)) {
      staging.placeInto(weight, row, part, plus);
    }
    row += (long) steps * pieces.rows();
    room.rewind();
  }
}
