package dev.palimpsest.jinja;

/** Text that is being written within the budget: the rendering, or a part of it. */
final class Output {
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();

  Output(Budget budget) {
    this.budget = budget;
  }

  void write(String part) {
    budget.work(part.length());
    text.append(part);
    if (text.length() > Budget.MAX_SIZE) {
      budget.make(text.length());
    }
  }

  String text() {
    return text.toString();
  }
}
