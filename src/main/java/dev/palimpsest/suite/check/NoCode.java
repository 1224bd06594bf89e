package dev.palimpsest.suite.check;

/** Forbids SQL, program code, markup and JSON where a text for people is asked for. */
record NoCode() implements Check {
  @Override
  public CheckResult test(String text) {
    return Code.in(text).map(CheckResult::failed).orElse(CheckResult.passed("holds no code"));
  }
}
