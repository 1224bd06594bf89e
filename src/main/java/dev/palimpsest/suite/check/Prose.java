package dev.palimpsest.suite.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for English sentences rather than code or word salad: enough function words, few symbols of
 * code, and no statement's end. It keeps a collapsed model from passing by accident.
 */
record Prose() implements Check {
  private static final double MIN_FUNCTION_WORDS = 0.15;
  private static final double MAX_SYMBOLS = 0.03;
  private static final String SYMBOLS = ";={}<>_\\|`";
  private static final Set<String> FUNCTION_WORDS = functionWords();

  /** More than tell English from other languages, some of which share these. */
  private static Set<String> functionWords() {
    Set<String> words = new HashSet<>(Languages.functionWords("en"));
    String more =
        "across near after before each every like both between through while during against without"
            + " within just very too also only more most many much few one two now us off around"
            + " along beside behind below above toward towards until since yet upon among such"
            + " other another same own let's that's there's we're they're he's she's i've you've"
            + " we've isn't aren't wasn't doesn't didn't can't won't being shall must never always"
            + " often again still even really nobody everyone nothing something someone what's"
            + " where's onto away back next";
    words.addAll(List.of(more.split(" ")));
    return Set.copyOf(words);
  }

  @Override
  public CheckResult test(String text) {
    Optional<String> code = Code.in(text);
    if (code.isPresent()) {
      return CheckResult.failed(code.get());
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

  @Override
  public boolean asksForContent() {
    return true;
  }
}
