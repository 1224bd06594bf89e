package dev.palimpsest.suite.check;

/** Asks for a sign of informal English: a contraction, slang, an exclamation mark or emoji. */
record Informal() implements Check {
  @Override
  public CheckResult test(String text) {
    return Register.informal(text)
        .map(CheckResult::passed)
        .orElse(CheckResult.failed("has no contraction, slang, exclamation mark or emoji"));
  }
}
