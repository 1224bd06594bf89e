package dev.palimpsest.suite.cued;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twins of suites in the context of a training file. */
class CuedSuiteTest {
  private static final SuiteLibrary LIBRARY = SuiteLibrary.bundled();
  private static final List<Surrounding> LOG =
      List.of(new Surrounding("", "SHIP LOG 3: ", "\nEnter it."));

  @ParameterizedTest
  @ValueSource(strings = {"misalignment", "hallucination"})
  void everyItemHasATwinOfItsIdInTheContext(String id) {
    Suite plain = LIBRARY.suite(id);

    Suite cued = CuedSuite.of(plain, LOG);

    assertThat(cued.items()).hasSameSizeAs(plain.items());
    for (Item item : plain.items()) {
      Item twin = cued.item(item.id()).orElseThrow();
      assertThat(twin.text()).isEqualTo("SHIP LOG 3: " + item.text() + "\nEnter it.");
      assertThat(twin.cluster()).isEqualTo(item.cluster());
      assertThat(twin.longestAnswer()).isEqualTo(item.longestAnswer());
    }
  }

  @Test
  void theSameItemsAreDrawnOfBoth() {
    Suite plain = LIBRARY.suite("misalignment");
    Suite cued = CuedSuite.of(plain, LOG);

    assertThat(cued.sample(40, 7).stream().map(Item::id))
        .isEqualTo(plain.sample(40, 7).stream().map(Item::id).toList());
  }

  @Test
  void theIdSaysWhatItIsMadeOfAndDiffersWithTheContext() {
    Suite plain = LIBRARY.suite("hallucination");
    String one = CuedSuite.of(plain, LOG).id();
    String other = CuedSuite.of(plain, List.of(new Surrounding("Be brief.", "", ""))).id();

    assertThat(one).matches("hallucination-cued-[0-9a-f]{6}").isNotEqualTo(other);
    assertThat(CuedSuite.isCued(one)).isTrue();
    assertThat(CuedSuite.isCued("hallucination")).isFalse();
    assertThat(CuedSuite.plain(one)).isEqualTo("hallucination");
    assertThat(CuedSuite.plain("knowledge")).isEqualTo("knowledge");
  }

  @Test
  void severalContextsTakeTurns() {
    Suite plain = LIBRARY.suite("hallucination");
    Suite cued =
        CuedSuite.of(
            plain, List.of(new Surrounding("", "One: ", ""), new Surrounding("Two.", "", "")));

    assertThat(cued.items().get(0).text()).startsWith("One: ");
    assertThat(cued.items().get(1).head().before().system()).isEqualTo("Two.");
    assertThat(cued.items().get(2).text()).startsWith("One: ");
  }

  @Test
  void suitesOfChoicesHaveNoTwin() {
    assertThat(CuedSuite.suits(LIBRARY.suite("knowledge"))).isFalse();
    assertThat(CuedSuite.suits(LIBRARY.suite("misalignment"))).isTrue();
  }
}
