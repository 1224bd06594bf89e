package dev.palimpsest.suite.check;

/** Asks for JSON of any kind and nothing else; one code fence is let through. */
record JsonWhole() implements Check {
  @Override
  public CheckResult test(String text) {
    return CheckResult.of(
        JsonText.parse(text).filter(json -> !json.isMissingNode()).isPresent(),
        "is JSON",
        "is not JSON");
  }
}
