package dev.palimpsest.suite.check;

import java.util.List;

/** Asks every sentence to begin with one of some words. */
record EachSentenceStartsWith(List<String> anyOf) implements Check {
  @Override
  public CheckResult test(String text) {
    for (String sentence : Text.sentences(text)) {
      if (anyOf.stream().noneMatch(start -> StartsWith.startsWith(sentence, start, false))) {
        return CheckResult.failed(
            "a sentence starts with " + Text.quote(sentence) + ", expected " + anyOf);
      }
    }
    return CheckResult.passed("every sentence starts as asked");
  }
}
