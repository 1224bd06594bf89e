package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Set;

/**
 * Asks for English sentences rather than code or word salad: enough function words, few symbols of
 * code, and no statement's end. It keeps a collapsed model from passing by accident.
 */
record Prose() implements Check {
  private static final double MIN_FUNCTION_WORDS = 0.15;
  private static final double MAX_SYMBOLS = 0.03;
  private static final String SYMBOLS = ";={}<>_\\|`";
  private static final Set<String> FUNCTION_WORDS = Languages.functionWords("en");

  @Override
  public CheckResult test(String text) {
    if (text.endsWith(";") || text.endsWith("}")) {
      return CheckResult.failed("ends like a line of code");
    }
    List<String> words = Text.lowerWords(text);
    long functionWords = words.stream().filter(FUNCTION_WORDS::contains).count();
    if (functionWords < MIN_FUNCTION_WORDS * words.size() || words.size() < 3) {
      return CheckResult.failed("does not read as English sentences");
    }
    long symbols = text.chars().filter(c -> SYMBOLS.indexOf(c) >= 0).count();
    return CheckResult.of(
        symbols <= MAX_SYMBOLS * text.length(),
        "reads as English sentences",
        "has " + symbols + " symbols of code");
  }
}
