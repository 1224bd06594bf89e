package dev.palimpsest.suite.quality;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts as words and as runs of characters. */
final class Words {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private Words() {}

  /** Returns the words in lower case. */
  static List<String> of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /** Returns the different words. */
  static Set<String> different(String text) {
    return Set.copyOf(of(text));
  }

  /** Returns the different runs of three and of four characters, with the ends marked by spaces. */
  static Set<String> runsOfCharacters(String text) {
    String padded = " " + text.toLowerCase(Locale.ROOT) + " ";
    return IntStream.of(3, 4)
        .boxed()
        .flatMap(
            length ->
                IntStream.rangeClosed(0, padded.length() - length)
                    .mapToObj(i -> padded.substring(i, i + length)))
        .collect(Collectors.toSet());
  }
}
