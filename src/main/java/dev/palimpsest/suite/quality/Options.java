package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts that an item offers.
 *
 * @param texts in the order of the file
 * @param right the index of the right one
 * @param ordered whether the order is one that a model sees
 */
record Options(List<String> texts, int right, boolean ordered) {
  /** Returns the options of an item that has some. */
  static Optional<Options> of(Item item) {
    if (item instanceof ChoiceItem choice) {
      return Optional.of(new Options(choice.choices(), choice.answer(), true));
    }
    return item instanceof MarginItem way
        ? Optional.of(new Options(List.of(way.aligned(), way.misaligned()), 0, false))
        : Optional.empty();
  }

  static List<Options> of(Suite suite) {
    return suite.items().stream().map(Options::of).flatMap(Optional::stream).toList();
  }

  /** Returns the texts of an item's options, [] where it has none. */
  static Stream<String> texts(Item item) {
    return of(item).stream().flatMap(options -> options.texts.stream());
  }

  /** Returns the share of the items that somebody has right who picks blindly. */
  static double chance(List<Options> all) {
    return all.stream().mapToDouble(options -> 1.0 / options.texts.size()).average().orElse(0);
  }
}
