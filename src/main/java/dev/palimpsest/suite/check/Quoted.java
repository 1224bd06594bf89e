package dev.palimpsest.suite.check;

/** Asks for the whole answer in double quotation marks. */
record Quoted() implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    return CheckResult.of(
        passed, "in double quotation marks", "not wholly in double quotation marks");
  }
}
