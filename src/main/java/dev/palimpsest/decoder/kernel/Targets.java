package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * What to read from a row.
 *
 * @param rows tokens of the row whose next-token distribution is needed, each once
 * @param at for each target, its index in {@code rows}
 * @param ids the target tokens
 */
public record Targets(int[] rows, int[] at, int[] ids) {
  public Targets {
    Objects.requireNonNull(rows, "rows is null");
    Objects.requireNonNull(at, "at is null");
    Objects.requireNonNull(ids, "ids is null");
  }
}
