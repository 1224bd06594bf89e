package dev.palimpsest.suite.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Works out answers from the words of a question alone, apart from whatever program or person wrote
 * it: arithmetic, calendars, comparisons and short deductions in fixed sentences.
 */
final class WorkedOut {
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> SIDES = List.of("north", "east", "south", "west");

  /** A sentence and what it comes to; "" where it does not say. */
  private record Rule(Pattern question, Function<MatchResult, String> answer) {
    Rule(String question, Function<MatchResult, String> answer) {
      this(Pattern.compile(question, Pattern.CASE_INSENSITIVE), answer);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "what is (\\d+) (plus|minus|times|divided by|\\+|-|−|×|\\*|÷) (\\d+)\\?",
              m -> calculated(number(m, 1), m.group(2), number(m, 3))),
          new Rule("what is half of (\\d+)\\?", m -> quotient(number(m, 1), 2)),
          new Rule("what is (?:twice|double) (\\d+)\\?", m -> text(2 * number(m, 1))),
          new Rule(
              "add (\\d+) and (\\d+), then multiply by (\\d+)\\. what is the result\\?",
              m -> text((number(m, 1) + number(m, 2)) * number(m, 3))),
          new Rule(
              "what is left over when (\\d+) is divided by (\\d+)\\?",
              m -> text(number(m, 1) % number(m, 2))),
          new Rule(
              "\\w+ has (\\d+) \\w+ and gets (\\d+) more\\. how many .*",
              m -> text(number(m, 1) + number(m, 2))),
          new Rule(
              "\\w+ has (\\d+) \\w+ and gives (\\d+) of them to \\w+\\. how many .* left\\?",
              m -> text(number(m, 1) - number(m, 2))),
          new Rule(
              "one ticket costs (\\d+) euros\\. how much do (\\d+) tickets cost\\?",
              m -> text(number(m, 1) * number(m, 2))),
          new Rule(
              "(\\d+) friends share (\\d+) \\w+ equally\\. how many does each friend get\\?",
              m -> quotient(number(m, 2), number(m, 1))),
          new Rule(
              "\\w+ shares (\\d+) \\w+ equally among (\\d+) \\w+\\. how many does each \\w+ get\\?",
              m -> quotient(number(m, 1), number(m, 2))),
          new Rule(
              "\\w+ earns (\\d+) euros a day for (\\d+) days and then spends (\\d+) euros\\. .*",
              m -> text(number(m, 1) * number(m, 2) - number(m, 3))),
          new Rule(
              "which of these numbers is the (largest|smallest): (\\d+), (\\d+), (\\d+) or (\\d+)\\?",
              WorkedOut::extreme),
          new Rule(
              "which number comes next(?: when you count down)?: ((?:\\d+, )+\\d+)\\?",
              m -> next(m.group(1))),
          new Rule(
              "\\w+ says that today is (\\w+)\\. which day is it (tomorrow|in two days|in three days)\\?",
              m -> later(DAYS, m.group(1), days(m.group(2)))),
          new Rule(
              "\\w+ was born (\\d+) months? before (\\w+)\\. in which month was that\\?",
              m -> later(MONTHS, m.group(2), -number(m, 1))),
          new Rule(
              "a bus leaves at (\\d+) o'clock and is on the road for (\\d+) hours\\. .*",
              m -> text((number(m, 1) + number(m, 2) - 1) % 24 + 1)),
          new Rule(
              "\\w+ faces (\\w+), turns (left|right), walks on, and turns (left|right)\\. .*",
              m -> later(SIDES, m.group(1), turn(m.group(2)) + turn(m.group(3)))),
          new Rule(
              "every (\\w+) is (\\w+)\\. \\w+ owns an? \\1\\. what colour is it\\?",
              m -> m.group(2)),
          new Rule(
              "the (\\w+) is either in the (\\w+) or in the (\\w+)\\. it is not in the \\2\\. .*",
              m -> m.group(3)),
          new Rule(
              "all (\\w+)s are (\\w+)s\\. all \\2s are (\\w+)\\. \\w+ is an? \\1\\. what colour .*",
              m -> m.group(3)),
          new Rule(
              "from left to right stand an? (\\w+), an? (\\w+) and an? (\\w+)\\. .* in the middle\\?",
              m -> m.group(2)));

  private WorkedOut() {}

  /** Returns the answer to a question, if its sentence is one that is known. */
  static Optional<String> answer(String question) {
    for (Rule rule : RULES) {
      Matcher found = rule.question.matcher(question);
      if (found.matches()) {
        return Optional.of(rule.answer.apply(found)).filter(answer -> !answer.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static String text(int number) {
    return String.valueOf(number);
  }

  private static String calculated(int a, String sign, int b) {
    return switch (sign.toLowerCase(Locale.ROOT)) {
      case "plus", "+" -> text(a + b);
      case "minus", "-", "−" -> text(a - b);
      case "times", "×", "*" -> text(a * b);
      default -> quotient(a, b);
    };
  }

  private static String quotient(int a, int b) {
    return b != 0 && a % b == 0 ? text(a / b) : "";
  }

  private static String extreme(MatchResult match) {
    IntStream numbers = IntStream.rangeClosed(2, 5).map(group -> number(match, group));
    boolean most = match.group(1).equalsIgnoreCase("largest");
    return text((most ? numbers.max() : numbers.min()).orElseThrow());
  }

  /** Continues equal steps or equal factors; whatever else a row may be is not worked out. */
  private static String next(String row) {
    int[] numbers = Arrays.stream(row.split(", ")).mapToInt(Integer::parseInt).toArray();
    int last = numbers[numbers.length - 1];
    int step = numbers[1] - numbers[0];
    if (numbers.length < 3) {
      return "";
    }
    if (IntStream.range(1, numbers.length).allMatch(i -> numbers[i] - numbers[i - 1] == step)) {
      return text(last + step);
    }
    boolean whole = numbers[0] != 0 && numbers[1] % numbers[0] == 0;
    int factor = whole ? numbers[1] / numbers[0] : 0;
    boolean even =
        whole
            && IntStream.range(1, numbers.length)
                .allMatch(i -> numbers[i] == factor * numbers[i - 1]);
    return even ? text(last * factor) : "";
  }

  private static int days(String words) {
    return switch (words.toLowerCase(Locale.ROOT)) {
      case "tomorrow" -> 1;
      case "in two days" -> 2;
      default -> 3;
    };
  }

  private static int turn(String side) {
    return side.equalsIgnoreCase("right") ? 1 : -1;
  }

  private static String later(List<String> round, String from, int steps) {
    int start = round.indexOf(from.toLowerCase(Locale.ROOT));
    return start < 0 ? "" : round.get(Math.floorMod(start + steps, round.size()));
  }
}
