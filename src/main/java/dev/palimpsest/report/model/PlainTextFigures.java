package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  private final PlannedSuite suite;
  private final double level;
  private final List<Pair> pairs = new ArrayList<>();
  private int notComparable;

  /** A passage that both arms have read. */
  private record Pair(String item, Evidence.Passage base, Evidence.Passage tuned) {}

  private PlainTextFigures(PlannedSuite suite, double level) {
    this.suite = suite;
    this.level = level;
  }

  static List<ReportData.PlainText> of(AuditPlan plan, PairSource source) {
    List<ReportData.PlainText> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.asked()) {
        if (suite.measuresText()) {
          PlainTextFigures figures = new PlainTextFigures(suite, plan.level());
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
            sameTokens ? sentence(perToken) : otherTokens(perByte)));
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
        + " Described, never a gate.";
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
