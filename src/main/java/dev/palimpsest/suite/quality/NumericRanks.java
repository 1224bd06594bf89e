package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether right numbers lie at every rank among four alike, so that the middle is no hint. */
final class NumericRanks {
  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(?:\\.\\d+)?");
  private static final int RANKS = 4;
  private static final double EVEN = 0.25;
  private static final double MOST_OFF = 0.05;

  /** Fewer items say nothing about shares. */
  private static final int FEWEST = 20;

  private NumericRanks() {}

  static List<Finding> of(Suite suite) {
    int[] counts = new int[RANKS];
    Options.of(suite).stream()
        .map(NumericRanks::rank)
        .filter(OptionalInt::isPresent)
        .forEach(rank -> counts[rank.getAsInt()]++);
    int all = Arrays.stream(counts).sum();
    if (all == 0) {
      return List.of();
    }
    String shares =
        Arrays.stream(counts)
            .mapToObj(count -> String.valueOf(Math.round(100.0 * count / all)))
            .collect(Collectors.joining(" / ", "", " % of " + all));
    if (all < FEWEST) {
      return List.of(Finding.told("ranks of right numbers", shares));
    }
    boolean even =
        Arrays.stream(counts).allMatch(c -> Math.abs((double) c / all - EVEN) <= MOST_OFF + 1e-9);
    return List.of(
        new Finding(
            "ranks of right numbers",
            shares,
            "20 to 30 % each",
            even ? Finding.Result.PASSED : Finding.Result.FAILED,
            List.of()));
  }

  /** Returns the rank from 0, the smallest, of the right one of four different numbers. */
  private static OptionalInt rank(Options options) {
    double[] numbers =
        options.texts().stream()
            .map(NumericRanks::number)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    boolean usable =
        options.texts().size() == RANKS
            && numbers.length == RANKS
            && Arrays.stream(numbers).distinct().count() == RANKS;
    return usable
        ? OptionalInt.of(
            (int)
                IntStream.range(0, RANKS)
                    .filter(i -> numbers[i] < numbers[options.right()])
                    .count())
        : OptionalInt.empty();
  }

  /** Returns the number of a text that holds exactly one. */
  static OptionalDouble number(String text) {
    Matcher found = NUMBER.matcher(text);
    if (!found.find()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(found.group().replace(",", ""));
    return found.find() ? OptionalDouble.empty() : OptionalDouble.of(number);
  }
}
