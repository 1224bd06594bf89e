package dev.palimpsest.decoder.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ScoreRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreUnitsTest {
  private static final int MAX_LENGTH = 2048;

  @Test
  void continuationsOfOneContextAreComputedWithItOnce() {
    List<ScoreUnit> units = units(Collections.nCopies(4, request(300, 20)));

    assertThat(units).hasSize(1);
    assertThat(units.get(0).branches()).hasSize(4);
  }

  @Test
  void continuationsOfOneContextThatAreTooManyForOnePassAreSplit() {
    // 4000 texts of 60 tokens, all after the same prefix token
    List<ScoreUnit> units = units(Collections.nCopies(4000, request(1, 60)));

    assertThat(units).allSatisfy(unit -> assertThat(unit.tokens(0)).isLessThanOrEqualTo(1 + 1024));
    assertThat(units).hasSize(236); // 17 times 59 tokens fit beside each other
    assertThat(units.stream().flatMap(unit -> unit.branches().stream()))
        .extracting(ScoreUnit.Branch::request)
        .doesNotHaveDuplicates()
        .hasSize(4000);
  }

  @Test
  void aContinuationThatAloneIsTooLongForItsShareHasAPassOfItsOwn() {
    List<ScoreUnit> units = units(Collections.nCopies(3, request(1500, 1100)), 4096);

    assertThat(units).hasSize(3).allSatisfy(unit -> assertThat(unit.branches()).hasSize(1));
  }

  private static List<ScoreUnit> units(List<ScoreRequest> requests) {
    return units(requests, MAX_LENGTH);
  }

  private static List<ScoreUnit> units(List<ScoreRequest> requests, int maxLength) {
    return ScoreUnits.of(requests, maxLength, Regimes.ONE);
  }

  private static ScoreRequest request(int context, int continuation) {
    return new ScoreRequest(tokens(context), List.of(tokens(continuation)));
  }

  private static int[] tokens(int count) {
    int[] ids = new int[count];
    Arrays.fill(ids, 7);
    return ids;
  }
}
