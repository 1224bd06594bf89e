package dev.palimpsest.decoder.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.inference.MemoryExhaustedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private final Halving halving = new Halving();
  private final List<Integer> tried = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();

  @Test
  void what_fits_is_run_whole() {
    halving.run(List.of(1, 2, 3, 4), rows -> work(rows, 4));

    assertThat(tried).containsExactly(4);
    assertThat(done).containsExactly(1, 2, 3, 4);
  }

  @Test
  void what_does_not_fit_is_run_in_halves_and_in_order() {
    halving.run(List.of(1, 2, 3, 4, 5, 6, 7), rows -> work(rows, 2));

    assertThat(tried).containsExactly(7, 4, 2, 2, 2, 1);
    assertThat(done).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void what_did_not_fit_once_is_not_tried_again() {
    halving.run(List.of(1, 2, 3, 4), rows -> work(rows, 2));
    tried.clear();

    halving.run(List.of(5, 6, 7, 8), rows -> work(rows, 2));

    assertThat(tried).containsExactly(2, 2);
  }

  @Test
  void one_row_that_does_not_fit_is_a_failure() {
    assertThatThrownBy(() -> halving.run(List.of(1, 2), rows -> work(rows, 0)))
        .isInstanceOf(MemoryExhaustedException.class)
        .hasMessageContaining("Memory ran out");
  }

  private void work(List<Integer> rows, int fitting) {
    tried.add(rows.size());
    if (rows.size() > fitting) {
      throw new MemoryExhaustedException(new IllegalStateException("out of memory"));
    }
    done.addAll(rows);
  }
}
