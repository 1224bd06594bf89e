package dev.palimpsest.decoder.text.jinja;

/** What all code of one rendering shares. */
final class Rendering {
  private final Budget budget = new Budget();
  private final Python python = new Python(budget);

  Budget budget() {
    return budget;
  }

  Python python() {
    return python;
  }

  String print(Object value) {
    return Printer.text(budget, value);
  }
}
