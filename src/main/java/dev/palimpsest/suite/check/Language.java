package dev.palimpsest.suite.check;

/** Asks for a language, told by its script or by its most common words. */
record Language(String code) implements Check {
  Language {
    Languages.require("code", code);
  }

  @Override
  public CheckResult test(String text) {
    String found = Languages.detect(text).orElse("unknown");
    return CheckResult.of(
        found.equals(code),
        "the language is " + code,
        "the language seems to be " + found + ", expected " + code);
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
