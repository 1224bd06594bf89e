package dev.palimpsest.decoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.decoder.family.Families;
import dev.palimpsest.inference.DType;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Products of weights whose singular values and vectors (cosines) are known. */
@Tag("slow")
final class ProductTest {
  private static final int RANK = 6;

  /** Large weights are iterated, small ones decomposed whole; wide ones go by their outputs. */
  @Test
  void theLargestSingularValuesAreTakenWithTheirVectors() throws IOException {
    try (Kernel kernel = kernel()) {
      assertLargest(kernel, 576, 640, k -> 1.0 / (1 + k));
      assertLargest(kernel, 640, 576, k -> 1 - 0.01 * k);
      assertLargest(kernel, 40, 24, k -> Math.pow(0.8, k));
    }
  }

  private static void assertLargest(
      Kernel kernel, int rows, int columns, IntToDoubleFunction value) {
    int all = Math.min(80, Math.min(rows, columns));
    float[] weight = sum(rows, columns, all, value);
    try (Weight loaded = loaded(kernel, weight, rows, columns)) {
      assertThat(multiplied(kernel.principalPart(loaded, RANK), rows, columns))
          .containsExactly(sum(rows, columns, RANK, value), within(2e-6f));
    }
  }

  private static float[] sum(int rows, int columns, int terms, IntToDoubleFunction value) {
    double[] sums = new double[rows * columns];
    for (int k = 0; k < terms; k++) {
      for (int i = 0; i < rows; i++) {
        double left = value.applyAsDouble(k) * cosine(k, i, rows);
        for (int j = 0; j < columns; j++) {
          sums[i * columns + j] += left * cosine(k, j, columns);
        }
      }
    }
    float[] floats = new float[sums.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) sums[i];
    }
    return floats;
  }

  /** Element i of vector k of an orthonormal basis (type II of the discrete cosine transform). */
  private static double cosine(int k, int i, int size) {
    return Math.sqrt((k == 0 ? 1.0 : 2.0) / size) * Math.cos(Math.PI * (i + 0.5) * k / size);
  }

  private static float[] multiplied(Product product, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int r = 0; r < product.rank(); r++) {
          sum += product.up()[i * product.rank() + r] * product.down()[r * columns + j];
        }
        values[i * columns + j] = (float) sum;
      }
    }
    return values;
  }

  private static Weight loaded(Kernel kernel, float[] values, int rows, int columns) {
    Weight weight = kernel.allocate(new long[] {rows, columns}, false);
    try (Staging staging = kernel.staging(values.length)) {
      FloatBuffer unused = staging.room(values.length).put(values);
      staging.placeInto(weight, 0, Rearrangement.whole(rows, columns, 0, 1), 0);
    }
    return weight;
  }

  private static Kernel kernel() throws IOException {
    Path config = Path.of("src/test/resources/golden/llama/config.json");
    var node = (ObjectNode) Json.mapper().readTree(config.toFile());
    return Kernel.compile(
        Families.describe(new ModelConfig("config.json", node)).attributes(), DType.FLOAT32);
  }
}
