package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs of informal English: contractions, slang, exclamation marks, emoji. */
final class Register {
  /** A possessive 's is none: it needs a word that contracts. */
  private static final Pattern CONTRACTION =
      Pattern.compile(
          "\\b(?:\\w+n't|\\w+'(?:re|ve|ll|d|m)|(?:it|he|she|that|there|here|what|who|where|when|how|let"
              + "|everything|everyone)'s|y'all|'(?:cause|em|til))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> SLANG =
      Set.of(
          ("gonna wanna gotta kinda sorta dunno lemme gimme ain't yeah yep yup nope nah hey hiya wow"
                  + " ok okay cool awesome guys dude bro buddy folks kids stuff lol omg btw tbh asap"
                  + " cuz thx pls plz super totally heck damn crap whoa oops yay cheers ya yo u ur")
              .split(" "));

  private static final Pattern EMOJI =
      Pattern.compile(
          "[\\x{1F300}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{1F1E6}-\\x{1F1FF}]|(?<!\\w)[:;]-?[()DP](?!\\w)");

  private Register() {}

  /** Returns the first sign in the text, as a clause that continues "the answer". */
  static Optional<String> informal(String text) {
    if (text.indexOf('!') >= 0) {
      return Optional.of("has an exclamation mark");
    }
    Matcher contraction = CONTRACTION.matcher(text);
    if (contraction.find()) {
      return Optional.of("has the contraction \"" + contraction.group() + "\"");
    }
    List<String> words = Text.lowerWords(text);
    return words.stream()
        .filter(SLANG::contains)
        .findFirst()
        .map(word -> "has the informal word \"" + word + "\"")
        .or(() -> EMOJI.matcher(text).find() ? Optional.of("has an emoji") : Optional.empty());
  }
}
