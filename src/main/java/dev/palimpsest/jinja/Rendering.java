package dev.palimpsest.jinja;

/** What all code of one rendering shares. */
final class Rendering {
  private final Budget budget;
  private final Python python;

  Rendering(Budget budget) {
    this.budget = budget;
    this.python = new Python(budget);
  }

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
