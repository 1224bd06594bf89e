package dev.palimpsest.suite.generate;

import dev.palimpsest.suite.check.InvalidField;
import java.util.Map;
import java.util.TreeMap;

/** The generators by name; a new one is a class and a line here. */
public final class Generators {
  private static final Map<String, Generator> ALL =
      new TreeMap<>(
          Map.of(
              "facts",
              new FactQuestions(),
              "twins",
              new FactTwins(),
              "instructions",
              new ComposedInstructions(),
              "reasoning",
              new ReasoningProblems(),
              "statements",
              new Statements()));

  private Generators() {}

  /**
   * Returns a generator.
   *
   * @throws InvalidField if there is none of that name
   */
  public static Generator named(String name) {
    Generator generator = ALL.get(name);
    if (generator == null) {
      throw new InvalidField(
          "generated.by", "\"" + name + "\"", "one of " + String.join(", ", ALL.keySet()));
    }
    return generator;
  }
}
