package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.TextDivergences;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How likely each tuned arm finds plain texts, beside the base.
 *
 * <p>The means are over passages and not over tokens, and the interval of their change is a paired
 * t over passages (clusters where the plan names some): tokens of one passage depend on each other,
 * so an interval over tokens would be too narrow.
 */
final class PlainTextFigures {
  /** What two decimals round to 0. */
  private static final double SMALLEST_SHOWN = 0.005;

  private static final String DIVERGENCE = "kl";

  private final PlannedSuite suite;
  private final double level;
  private final String leftOut;
  private final List<Pair> pairs = new ArrayList<>();
  private int notComparable;

  /** A passage that both arms have read. */
  private record Pair(String item, Evidence.Passage base, Evidence.Passage tuned) {}

  private PlainTextFigures(PlannedSuite suite, double level, String leftOut) {
    this.suite = suite;
    this.level = level;
    this.leftOut = leftOut;
  }

  /**
   * Returns the figures by arm and suite.
   *
   * @param facts how the audit ran, with the reason where models were not run side by side
   */
  static List<ReportData.PlainText> of(
      AuditPlan plan, PairSource source, Map<String, String> facts) {
    List<ReportData.PlainText> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.asked()) {
        if (suite.measuresText()) {
          String leftOut = facts.getOrDefault(TextDivergences.fact(arm.name()), "");
          PlainTextFigures figures = new PlainTextFigures(suite, plan.level(), leftOut);
          source.pairs(suite.suite(), arm.name()).forEach(figures::add);
          figures.addTo(all, arm.name());
        }
      }
    }
    return all;
  }

  private void add(PairedOutcome pair) {
    if (pair.base().evidence() instanceof Evidence.Passage base
        && pair.tuned().evidence() instanceof Evidence.Passage tuned) {
      pairs.add(new Pair(pair.base().itemId(), base, tuned));
    } else {
      notComparable++;
    }
  }

  private void addTo(List<ReportData.PlainText> all, String tuned) {
    if (pairs.isEmpty()) {
      return;
    }
    boolean sameTokens = pairs.stream().allMatch(p -> p.base().tokens() == p.tuned().tokens());
    ReportData.TextLoss perToken = loss(pairs, Evidence.Passage::loss);
    ReportData.TextLoss perByte = loss(pairs, Evidence.Passage::bitsPerByte);
    all.add(
        new ReportData.PlainText(
            suite.suite(),
            suite.version(),
            suite.digest(),
            tuned,
            pairs.size(),
            notComparable,
            sameTokens,
            perToken,
            perByte,
            groups(suite.topics()),
            groups(suite.languages()),
            sameTokens ? sentence(perToken) : otherTokens(perByte),
            divergence().stream().toList()));
  }

  /** The statistics are those of the loss: passages weigh alike, clusters widen the interval. */
  private Optional<ReportData.Figure> divergence() {
    List<Pair> some = pairs.stream().filter(p -> p.tuned().divergence().isPresent()).toList();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    double[] all = some.stream().mapToDouble(p -> p.tuned().divergence().orElseThrow()).toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    List<Double> ends = interval(all, some.stream().map(p -> suite.cluster(p.item())).toList());
    // No divergence is below 0, whatever a symmetric interval of few passages says.
    List<Double> interval = ends == null ? null : List.of(Math.max(0, ends.get(0)), ends.get(1));
    String between =
        interval == null
            ? ""
            : String.format(
                Locale.ROOT,
                " (%s %.3f to %.3f)",
                Points.intervalLabel(level),
                interval.get(0),
                interval.get(1));
    return Optional.of(
        new ReportData.Figure(
            DIVERGENCE,
            "KL from the base per token, in nats",
            Figures.rounded(mean),
            interval,
            "nats",
            false,
            String.format(Locale.ROOT, "%.3f nats a token%s; not gated", mean, between),
            null,
            null));
  }

  private ReportData.TextLoss loss(List<Pair> some, ToDoubleFunction<Evidence.Passage> figure) {
    double base =
        some.stream().mapToDouble(p -> figure.applyAsDouble(p.base())).average().orElse(0);
    double tuned =
        some.stream().mapToDouble(p -> figure.applyAsDouble(p.tuned())).average().orElse(0);
    double[] changes =
        some.stream()
            .mapToDouble(p -> figure.applyAsDouble(p.tuned()) - figure.applyAsDouble(p.base()))
            .toArray();
    return new ReportData.TextLoss(
        Figures.rounded(base),
        Figures.rounded(tuned),
        Figures.rounded(tuned - base),
        interval(changes, some.stream().map(p -> suite.cluster(p.item())).toList()));
  }

  /** A single cluster says nothing of how much others would differ from it. */
  private List<Double> interval(double[] changes, List<String> clusters) {
    if (new HashSet<>(clusters).size() < 2) {
      return null;
    }
    Interval found = PairedT.clustered(changes, clusters).interval(level);
    return List.of(Figures.rounded(found.low()), Figures.rounded(found.high()));
  }

  private List<ReportData.TextGroup> groups(Map<String, String> names) {
    SortedMap<String, List<Pair>> byName = new TreeMap<>();
    for (Pair pair : pairs) {
      String name = names.get(pair.item());
      if (name != null) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(pair);
      }
    }
    return byName.entrySet().stream()
        .map(
            group ->
                new ReportData.TextGroup(
                    group.getKey(),
                    group.getValue().size(),
                    loss(group.getValue(), Evidence.Passage::loss)))
        .toList();
  }

  private String sentence(ReportData.TextLoss loss) {
    return "Plain text: loss per token "
        + change(loss, " nats")
        + ", over "
        + passages()
        + ". "
        + meaning(loss)
        + moved()
        + " Described, never a gate.";
  }

  private String otherTokens(ReportData.TextLoss loss) {
    return "Plain text: the tokenizers cut these texts differently, so losses per token cannot be"
        + " compared; bits per byte "
        + change(loss, "")
        + ", over "
        + passages()
        + ". "
        + meaning(loss)
        + moved()
        + " Described, never a gate.";
  }

  /** Says how far it moved from the base, or once why that is not known. */
  private String moved() {
    Optional<ReportData.Figure> found = divergence();
    if (found.isPresent()) {
      return " KL from the base: " + found.get().text().replace("; not gated", "") + ".";
    }
    return leftOut.isEmpty() ? "" : " KL from the base is left out: " + leftOut;
  }

  private String passages() {
    return pairs.size() + (pairs.size() == 1 ? " passage" : " passages");
  }

  private String change(ReportData.TextLoss loss, String unit) {
    String between =
        loss.interval() == null
            ? ""
            : " ("
                + Points.intervalLabel(level)
                + " "
                + Points.signedNats(loss.interval().get(0))
                + " to "
                + Points.signedNats(loss.interval().get(1))
                + ")";
    return Points.nats(loss.base())
        + " to "
        + Points.nats(loss.tuned())
        + unit
        + ", "
        + Points.signedNats(loss.change())
        + between;
  }

  private static String meaning(ReportData.TextLoss loss) {
    if (Math.abs(loss.change()) < SMALLEST_SHOWN) {
      return "That is less than a hundredth.";
    }
    if (loss.interval() != null && loss.interval().get(0) > 0) {
      return "It finds such text less likely than the base does.";
    }
    if (loss.interval() != null && loss.interval().get(1) < 0) {
      return "It finds such text likelier than the base does.";
    }
    return "These passages show no change.";
  }
}
