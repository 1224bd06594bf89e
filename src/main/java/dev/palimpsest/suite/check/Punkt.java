package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits English into sentences as the Punkt tokenizer does (Kiss and Strunk 2006, Computational
 * Linguistics 32:485), whose implementation in NLTK is what IFEval counts sentences by.
 *
 * <p>The algorithm is NLTK's. Its trained tables are not carried: of abbreviations and of words
 * that begin sentences there are short lists here, and a lower-case word is taken to begin none.
 * Where a text has an abbreviation or an initial that only the tables know, the count differs by
 * one.
 */
final class Punkt {
  private static final String NON_WORD = "[)\";}\\]*:@'({\\[‘’“”«»?!]";
  private static final String MULTI = "(?:-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.)";
  private static final Pattern TOKEN =
      unicode(
          MULTI
              + "|(?=[^(\"`{\\[:;&#*@)}\\]\\-,])\\S+?(?=\\s|$|"
              + NON_WORD
              + "|"
              + MULTI
              + "|,(?=$|\\s|"
              + NON_WORD
              + "|"
              + MULTI
              + "))|\\S");
  private static final Pattern END =
      unicode("[.?!](?=(?<after>" + NON_WORD + "|\\s+(?<next>\\S+)))");
  private static final Pattern CLOSING =
      unicode("[\"')\\]}‘’“”«»]+?(?:\\s+|(?=--)|$)", Pattern.MULTILINE);
  private static final Pattern NUMBER = Pattern.compile("-?[.,]?\\d[\\d,.-]*\\.?");

  /** Single letters, pairs of them with a stop between, titles, firms, dates, places, units. */
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "[c-hj-npr-tvw]|[a-z](?:\\.[a-z]){1,3}|mr|mrs|ms|messrs|dr|prof|st|sr|jr|gen|sen|reps?|maj|lt|adm"
              + "|inc|corp|co|cos|cie|ltd|bros|jan|feb|aug|sept?|oct|nov|dec|tues|wed|fri|ave|ct|ft|mg|yr|vs"
              + "|vt|va|pa|ga|ky|fla|ill|ore|okla?|kan|calif|colo?|conn|mich|minn|nev|tenn|wash|wis|ariz|ala"
              + "|ph\\.d|w\\.va");

  /** These look like abbreviations and are not in the trained table. */
  private static final Set<String> UNKNOWN = Set.of("e.g", "i.e");

  private static final Set<String> STARTERS =
      Set.of(
          ("the he it they i this these in if but however although when while there even despite both"
                  + " among according since indeed instead many most some so though thus under yet nor"
                  + " meanwhile moreover nevertheless similarly")
              .split(" "));

  private Punkt() {}

  private static Pattern unicode(String regex, int... flags) {
    int all = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;
    for (int flag : flags) {
      all |= flag;
    }
    return Pattern.compile(regex, all);
  }

  /** Counts the sentences. */
  static int count(String text) {
    List<int[]> spans = spans(text);
    int count = 0;
    int realign = 0;
    for (int i = 0; i < spans.size(); i++) {
      int start = spans.get(i)[0] + realign;
      boolean last = i + 1 == spans.size();
      Matcher closing =
          last ? null : CLOSING.matcher(text.substring(spans.get(i + 1)[0], spans.get(i + 1)[1]));
      boolean moved = closing != null && closing.lookingAt();
      realign = moved ? closing.end() : 0;
      count += moved || start < spans.get(i)[1] ? 1 : 0;
    }
    return count;
  }

  private static List<int[]> spans(String text) {
    List<int[]> spans = new ArrayList<>();
    int begun = 0;
    for (Candidate candidate : candidates(text)) {
      if (isBreak(candidate.context())) {
        spans.add(new int[] {begun, candidate.end()});
        begun = candidate.next();
      }
    }
    spans.add(new int[] {begun, Math.max(begun, endOf(text))});
    return spans;
  }

  private static int endOf(String text) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * A mark that may end a sentence.
   *
   * @param end index after the mark
   * @param next where the next sentence would begin
   * @param context the word before it, the mark, and what follows
   */
  private record Candidate(int end, int next, String context) {}

  /** Of marks within one word only the last is a candidate. */
  private static List<Candidate> candidates(String text) {
    List<Candidate> candidates = new ArrayList<>();
    Matcher mark = END.matcher(text);
    int wordStart = 0;
    int wordEnd = 0;
    Candidate previous = null;
    while (mark.find()) {
      int space = lastSpace(text, wordEnd, mark.start());
      int start = space > 0 ? wordEnd + space + 1 : wordStart;
      if (previous != null && wordEnd <= start) {
        candidates.add(previous);
      }
      int next = mark.group("next") == null ? mark.end() : mark.start("next");
      String context = text.substring(start, mark.end()) + mark.group("after");
      previous = new Candidate(mark.end(), next, context);
      wordStart = start;
      wordEnd = mark.start();
    }
    if (previous != null) {
      candidates.add(previous);
    }
    return candidates;
  }

  private static int lastSpace(String text, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      if (" \t\n\r\u000b\f".indexOf(text.charAt(i)) >= 0) {
        return i - from;
      }
    }
    return 0;
  }

  private static boolean isBreak(String context) {
    List<String> tokens = new ArrayList<>();
    for (String line : context.split("\n", -1)) {
      Matcher matcher = TOKEN.matcher(line);
      while (matcher.find()) {
        tokens.add(matcher.group());
      }
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (endsSentence(tokens.get(i), tokens.get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsSentence(String token, String next) {
    if (!token.endsWith(".")) {
      return token.equals("?") || token.equals("!");
    }
    boolean ellipsis = token.endsWith("..");
    String word = Text.lower(token.substring(0, token.length() - 1));
    boolean abbreviated = token.length() > 1 && !ellipsis && isAbbreviation(word);
    boolean initial = token.length() == 2 && Character.isLetter(token.charAt(0));
    boolean upper = Character.isUpperCase(next.codePointAt(0));
    boolean goesOn = Character.isLowerCase(next.codePointAt(0)) || ";:,.!?".contains(next);
    if (initial) {
      return !abbreviated && !goesOn && (!upper || isCommon(next));
    }
    if (abbreviated || ellipsis) {
      return upper && STARTERS.contains(Text.lower(next));
    }
    return !goesOn || !NUMBER.matcher(token).matches();
  }

  /** A name begins with a capital wherever it stands; these words do at the beginning only. */
  private static boolean isCommon(String word) {
    return Languages.functionWords("en").contains(Text.lower(word));
  }

  private static boolean isAbbreviation(String word) {
    String last = word.substring(word.lastIndexOf('-') + 1);
    return !UNKNOWN.contains(word)
        && (ABBREVIATION.matcher(word).matches() || ABBREVIATION.matcher(last).matches());
  }
}
