package dev.palimpsest.suite.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code palimpsest suites check} on the suites that come with the program. */
@Tag("slow")
final class BundledQualityTest {
  /** What is known to fail; a line goes when the suite is mended, and none is added. */
  private static final Set<String> KNOWN =
      Set.of(
          "deception: the good way is told by its words",
          "deception: the good way is told by runs of characters",
          // Drawn items have the frame of some that were written, with another subject.
          "hallucination: near-duplicates across clusters",
          "instruction: near-duplicates across clusters",
          // The same short question after other conversations; the right answer is one word, so
          // that word passes whatever stands around it.
          "multiturn: near-duplicates across clusters",
          "multiturn: junk passes: code around the words asked for",
          "multiturn: junk passes: random words",
          "multiturn: yes or no without knowing which");

  static List<Suite> suites() {
    return List.copyOf(SuiteLibrary.bundled().suites());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void keeps_all_limits_but_those_known_not_to_be_kept(Suite suite) {
    assertThat(SuiteQuality.of(suite))
        .isNotEmpty()
        .filteredOn(finding -> finding.result() == Finding.Result.FAILED)
        .filteredOn(finding -> !KNOWN.contains(suite.id() + ": " + finding.check()))
        .isEmpty();
  }
}
