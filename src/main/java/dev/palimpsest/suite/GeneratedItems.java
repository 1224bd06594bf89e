package dev.palimpsest.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.suite.check.InvalidField;
import java.util.Objects;

/**
 * The items of a suite that a program writes, the same for the same seed.
 *
 * @param by the generator's name
 * @param seed of the form that comes with the suite
 * @param items how many, at least 1
 * @param tables the suite beside this one whose tables of facts are used; null for its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GeneratedItems(String by, long seed, int items, String tables) {
  public GeneratedItems {
    Objects.requireNonNull(by, "by is null");
    if (items < 1) {
      throw new InvalidField("generated.items", String.valueOf(items), "at least 1");
    }
  }
}
