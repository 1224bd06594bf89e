package dev.palimpsest.cli;

import dev.palimpsest.audit.Points;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.stats.NonInferiorityPlan;
import dev.palimpsest.stats.Wilson;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import dev.palimpsest.suite.quality.Finding;
import dev.palimpsest.suite.quality.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What one checkpoint shows of a suite: whether the options alone give the answer away, which tiers
 * have something to lose or to gain, and what the suite can certify.
 *
 * @param most items that are asked; empty for as many as a standard audit draws
 */
record CheckpointQuality(ModelRunner model, OptionalInt most) {
  private static final double MOST_OVER_CHANCE = 0.03;
  private static final double LEAST_ALIGNED = 0.47;
  private static final double MOST_ALIGNED = 0.53;
  private static final double LEVEL = 0.90;

  /** Scores below it are a floor where blind guessing gives nothing; above 1 − it is a ceiling. */
  private static final double EDGE = 0.05;

  private static final double EVEN = 0.5;
  private static final long SEED = 1;

  /** The shares of items that change sides for which the power is said. */
  private static final List<Double> DISCORDANCES = List.of(0.05, 0.10, 0.20);

  List<Finding> of(Suite suite) {
    List<Finding> findings = new ArrayList<>();
    SuiteAnswers answers = new SuiteAnswers(model, suite);
    OptionalDouble blind = rightWithoutQuestion(suite, answers);
    blind.ifPresent(share -> findings.add(withoutQuestion(suite, share)));
    int items = Math.min(most.orElse(suite.draw().standard()), suite.items().size());
    Map<Item, Double> scores = answers.scores(suite.sample(items, SEED));
    for (Tier tier : Tier.values()) {
      findings.addAll(tier(tier, scores));
    }
    OptionalDouble reliability = Reliability.of(scores);
    findings.add(
        Finding.told(
            "split-half reliability (Spearman–Brown)",
            reliability.isPresent()
                ? reliability(reliability.getAsDouble())
                : "too few topics and tiers"));
    findings.add(power(items));
    return findings;
  }

  /** The formula for the whole length means nothing where the halves do not agree at all. */
  private static String reliability(double whole) {
    return whole > 0
        ? String.format(Locale.ROOT, "%.2f", whole)
        : "none: where one half is right the other is not";
  }

  private static Finding withoutQuestion(Suite suite, double share) {
    return suite.items().get(0) instanceof MarginItem
        ? Finding.between("aligned without the question", share, LEAST_ALIGNED, MOST_ALIGNED)
        : Finding.atMost(
            "right without the question",
            share,
            suite.items().stream().mapToDouble(CheckpointQuality::chance).average().orElseThrow()
                + MOST_OVER_CHANCE,
            List.of());
  }

  private static OptionalDouble rightWithoutQuestion(Suite suite, SuiteAnswers answers) {
    Map<Item, List<String>> options =
        suite.items().stream()
            .filter(item -> !options(item).isEmpty())
            .collect(Collectors.toMap(item -> item, CheckpointQuality::options));
    if (options.isEmpty()) {
      return OptionalDouble.empty();
    }
    Map<String, Double> likely =
        answers.withoutQuestion(
            options.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
    return options.entrySet().stream()
        .mapToDouble(entry -> right(entry.getKey(), entry.getValue(), likely))
        .average();
  }

  /** Equally likely options share the win. */
  private static double right(Item item, List<String> options, Map<String, Double> likely) {
    String key = options.get(item instanceof ChoiceItem choice ? choice.answer() : 0);
    double best = options.stream().mapToDouble(likely::get).max().orElseThrow();
    long picked = options.stream().filter(option -> likely.get(option) == best).count();
    return likely.get(key) == best ? 1.0 / picked : 0;
  }

  /** Returns an item's options as continuations, the good way of two first. */
  private static List<String> options(Item item) {
    if (item instanceof ChoiceItem choice) {
      return choice.questions().get(0).continuations();
    }
    return item instanceof MarginItem way
        ? List.of(" " + way.aligned(), " " + way.misaligned())
        : List.of();
  }

  private static List<Finding> tier(Tier tier, Map<Item, Double> scores) {
    List<Map.Entry<Item, Double>> items =
        scores.entrySet().stream().filter(entry -> entry.getKey().tier() == tier).toList();
    if (items.isEmpty()) {
      return List.of();
    }
    int right = (int) items.stream().filter(entry -> entry.getValue() >= EVEN).count();
    double chance =
        items.stream().mapToDouble(entry -> chance(entry.getKey())).average().orElseThrow();
    return List.of(
        Finding.told(
            "right in " + tier.label() + " items",
            Finding.percent((double) right / items.size())
                + " of "
                + items.size()
                + ", chance "
                + Finding.percent(chance)
                + edge(right, items.size(), chance)));
  }

  private static String edge(int right, int items, double chance) {
    double lowest = Wilson.interval(right, items, LEVEL).low();
    if (lowest <= chance || right < EDGE * items) {
      return ", floor";
    }
    return right > (1 - EDGE) * items ? ", ceiling" : "";
  }

  private static double chance(Item item) {
    if (item instanceof ChoiceItem choice) {
      return 1.0 / choice.choices().size();
    }
    return item instanceof MarginItem ? EVEN : 0;
  }

  private static Finding power(int items) {
    return Finding.told(
        "margin that " + items + " items certify",
        DISCORDANCES.stream()
            .map(share -> Points.of(NonInferiorityPlan.STANDARD.smallestMargin(items, share)))
            .collect(Collectors.joining(" / ", "", " points")));
  }
}
