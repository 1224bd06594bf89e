package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.adapter.LoraModule;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.TensorValues;
import dev.palimpsest.decoder.kernel.Product;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an adapter adds to one module: {@code up (down x) + bias}, scale included.
 *
 * @param rank inner width; 0 if the adapter leaves the module alone
 * @param down [rank, inputs], row by row; for an embedding [tokens, rank]
 * @param up [outputs, rank], row by row, times the scale
 * @param bias [outputs], times the scale, or empty
 * @param magnitude [outputs] of a weight-decomposed adapter, or empty
 */
record LoraFactors(int rank, float[] down, float[] up, float[] bias, float[] magnitude) {
  private static final float[] NOTHING = {};

  /** The factors of a module that the adapter leaves alone. */
  static final LoraFactors NONE = new LoraFactors(0, NOTHING, NOTHING);

  LoraFactors {
    Objects.requireNonNull(down, "down is null");
    Objects.requireNonNull(up, "up is null");
    Objects.requireNonNull(bias, "bias is null");
    Objects.requireNonNull(magnitude, "magnitude is null");
  }

  private LoraFactors(int rank, float[] down, float[] up) {
    this(rank, down, up, NOTHING, NOTHING);
  }

  /**
   * Reads the factors of a module; of a parameter of many experts those of all.
   *
   * @param file what failures call the adapter
   */
  static LoraFactors read(LoraModule module, String file, TensorStore tensors) {
    int rank = Math.toIntExact(tensors.info(module.a()).shape()[0]);
    float[] down = values(file, tensors, module.a());
    return new LoraFactors(
        rank,
        module.embedding() ? transposed(down, rank) : down,
        times(module.scaling(), values(file, tensors, module.b())),
        times(module.scaling(), module.bias().map(n -> values(file, tensors, n)).orElse(NOTHING)),
        module.magnitude().map(name -> values(file, tensors, name)).orElse(NOTHING));
  }

  /** Returns the factors that take a product, times a scaling, off a module's weight. */
  static LoraFactors without(Product product, double scaling) {
    return new LoraFactors(product.rank(), product.down(), times(-scaling, product.up()));
  }

  /** Returns what an embedding's factors add to a head that shares its table. */
  LoraFactors ofHead() {
    return new LoraFactors(rank, transposed(up, up.length / rank), down);
  }

  /** Returns the same factors where the outputs of each head stand in another order. */
  LoraFactors ofInterleaved(RowOrder order) {
    int head = order.headRows();
    float[] plain = new float[up.length];
    for (int row = 0; row < outputs(); row++) {
      int from = row - row % head + order.storedRow(row % head);
      System.arraycopy(up, from * rank, plain, row * rank, rank);
    }
    return new LoraFactors(rank, down, plain, bias, magnitude);
  }

  /** Returns the number of inputs, of a module that is no embedding. */
  int inputs() {
    return down.length / rank;
  }

  /** Returns the number of outputs. */
  int outputs() {
    return up.length / rank;
  }

  /**
   * Returns one expert's factors of those of a parameter.
   *
   * @param inputs of the expert; where {@code down} takes its outputs instead, as older versions of
   *     PEFT wrote it, the two change places
   */
  LoraFactors ofExpert(int number, int count, int inputs) {
    int own = rank / count;
    int from = number * own * inputs();
    float[] a = Arrays.copyOfRange(down, from, from + own * inputs());
    float[] b = new float[outputs() * own];
    for (int i = 0; i < b.length; i++) {
      b[i] = up[i / own * rank + i % own * count + number];
    }
    return inputs() == inputs
        ? new LoraFactors(own, a, b)
        : new LoraFactors(own, transposed(b, outputs()), transposed(a, own));
  }

  /** Returns the factors of some of the outputs: every {@code step}-th from one on. */
  LoraFactors ofOutputs(int from, int count, int step) {
    float[] part = new float[count * rank];
    for (int i = 0; i < count; i++) {
      System.arraycopy(up, (from + i * step) * rank, part, i * rank, rank);
    }
    return new LoraFactors(rank, down, part);
  }

  private static float[] times(double scaling, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scaling);
    }
    return values;
  }

  private static float[] values(String file, TensorStore tensors, String name) {
    float[] values = new float[Math.toIntExact(tensors.info(name).elements())];
    FloatBuffer target = FloatBuffer.wrap(values);
    tensors.scan(
        name, TensorValues.finite(file, name, (numbers, count) -> target.put(numbers, 0, count)));
    return values;
  }

  private static float[] transposed(float[] values, int rows) {
    int columns = values.length / rows;
    float[] turned = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return turned;
  }
}
