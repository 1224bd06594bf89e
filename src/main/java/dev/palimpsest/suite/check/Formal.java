package dev.palimpsest.suite.check;

/** Forbids contractions, slang, exclamation marks and emoji in English. */
record Formal() implements Check {
  @Override
  public CheckResult test(String text) {
    return Register.informal(text)
        .map(CheckResult::failed)
        .orElse(CheckResult.passed("is formal: no contraction, slang, exclamation mark or emoji"));
  }
}
