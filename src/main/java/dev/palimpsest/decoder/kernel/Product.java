package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * A matrix of low rank, as a product B A.
 *
 * @param rank the inner size
 * @param up B [outputs, rank], row by row
 * @param down A [rank, inputs], row by row
 */
public record Product(int rank, float[] up, float[] down) {
  public Product {
    Objects.requireNonNull(up, "up is null");
    Objects.requireNonNull(down, "down is null");
  }
}
