package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Optional;

/**
 * Asks for words that leave room for doubt, or forbids them.
 *
 * @param hedged whether they are asked for
 */
record Hedged(boolean hedged) implements Check {
  private static final List<String> HEDGES =
      List.of(
          ("may|might|could|perhaps|maybe|possibly|probably|presumably|likely|unlikely|apparently"
                  + "|seemingly|seem|seems|seemed|appear to|appears to|appeared to|suggest|suggests"
                  + "|tend to|tends to|i think|i believe|i guess|i suppose|i assume|in my opinion"
                  + "|in my view|as far as i know|not sure|not certain|uncertain|unclear|unsure"
                  + "|it is possible|it's possible|it depends|roughly|approximately|to some extent"
                  + "|more or less|generally|usually|often|sometimes|can be|would probably|arguably"
                  + "|potentially|somewhat|i am not sure|i'm not sure")
              .split("\\|"));

  @Override
  public CheckResult test(String text) {
    List<String> words = Text.lowerWords(text);
    Optional<String> hedge =
        HEDGES.stream().filter(phrase -> WordMatch.count(words, phrase) > 0).findFirst();
    String found =
        hedge.map(phrase -> "hedges with \"" + phrase + "\"").orElse("has no word of doubt");
    return CheckResult.of(hedge.isPresent() == hedged, found, found);
  }

  @Override
  public boolean asksForContent() {
    return hedged;
  }
}
