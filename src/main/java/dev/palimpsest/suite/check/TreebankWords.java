package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits English into words in the manner of the Penn Treebank (after the rules of NLTK's {@code
 * NLTKWordTokenizer}, which IFEval counts capital words by): punctuation stands alone, clitics such
 * as 's and n't are words, hyphens and slashes split nothing.
 *
 * <p>NLTK splits into sentences first; that only moves full stops, which are no words here.
 */
final class TreebankWords {
  private static final List<Rule> RULES =
      List.of(
          rule("([«“‘„]|`+)", " $1 "),
          rule("([ (\\[{<])(\"|'{2})", "$1 `` "),
          rule("(?i)(?<!\\w)(')(?!(?:re|ve|ll|m|t|s|d|n)\\b)(?=\\w)", "$1 "),
          rule("([:,])([^\\d])", " $1 $2"),
          rule("([:,])$", " $1 "),
          rule("\\.{2,}|[;@#$%&]|[\\u2012-\\u2015]|[?!]|[*]|[\\]\\[(){}<>]|--", " $0 "),
          rule("([^'])' ", "$1 ' "),
          rule("^(.*)$", " $1 "),
          rule("([»”’])", " $1 "),
          rule("''|\"", " '' "),
          rule("\\s+", " "),
          rule("([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
          rule("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
          rule("(?i)\\b(can)(not)\\b", " $1 $2 "),
          rule("(?i)\\b(d)('ye)\\b", " $1 $2 "),
          rule("(?i)\\b(gim|lem)(me)\\b", " $1 $2 "),
          rule("(?i)\\b(gon)(na)\\b", " $1 $2 "),
          rule("(?i)\\b(got)(ta)\\b", " $1 $2 "),
          rule("(?i)\\b(more)('n)\\b", " $1 $2 "),
          rule("(?i)\\b(wan)(na)(?=\\s)", " $1 $2 "),
          rule("(?i) ('t)(is|was)\\b", " $1 $2 "));

  private TreebankWords() {}

  private record Rule(Pattern pattern, String replacement) {}

  private static Rule rule(String regex, String replacement) {
    return new Rule(
        Pattern.compile(
            regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES | Pattern.DOTALL),
        replacement);
  }

  static List<String> of(String text) {
    String spaced = text;
    for (Rule rule : RULES) {
      spaced = rule.pattern().matcher(spaced).replaceAll(rule.replacement());
    }
    List<String> words = new ArrayList<>();
    for (String word : spaced.split(" +", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
