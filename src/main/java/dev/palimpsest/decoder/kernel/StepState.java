package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * Where generation stands, row by row.
 *
 * @param ids last token of each row, not yet in the cache
 * @param positions its position
 * @param first first column of the cache that belongs to the row
 * @param column the column that the last token goes to
 */
public record StepState(int[] ids, int[] positions, int[] first, int column) {
  public StepState {
    Objects.requireNonNull(ids, "ids is null");
    Objects.requireNonNull(positions, "positions is null");
    Objects.requireNonNull(first, "first is null");
  }
}
