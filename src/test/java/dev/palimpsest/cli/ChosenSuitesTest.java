package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which suites an audit of the command line asks. */
class ChosenSuitesTest {
  @TempDir private Path folder;

  @Test
  void aSuiteOfOnesOwnIsAskedBesideTheCore() {
    Path tickets = SampleAdapters.copySuite(folder);

    ChosenSuites chosen = ChosenSuites.of(List.of()).and(List.of(tickets));

    List<String> core =
        SuiteLibrary.bundled().suites().stream()
            .filter(Suite::isCore)
            .filter(Suite::isGated)
            .map(Suite::id)
            .toList();
    assertThat(chosen.ids()).containsAll(core).endsWith("tickets").hasSize(core.size() + 1);
    assertThat(chosen.library().suite("tickets").info().more().skill()).isTrue();
  }

  @Test
  void aSuiteOfOnesOwnIsAskedBesideTheNamedOnesOnly() {
    Path tickets = SampleAdapters.copySuite(folder);

    ChosenSuites chosen = ChosenSuites.of(List.of("knowledge")).and(List.of(tickets));

    assertThat(chosen.ids()).containsExactly("knowledge", "tickets");
  }

  @Test
  void withoutOneTheChoiceStaysAsItWas() {
    assertThat(ChosenSuites.of(List.of()).and(List.of()).ids()).isEmpty();
  }
}
