package dev.palimpsest.audit.label;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.suite.Metric;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What is to be labelled of an audit, in one order for everybody, so that several people meet on
 * the same answers: all arms mixed by a hash that says nothing of them.
 */
public final class LabelQueue {
  private final NavigableMap<String, Target> targets = new TreeMap<>();

  /**
   * Reads what there is.
   *
   * @param pairs gives those of a suite and a tuned arm; their texts are not read
   */
  public LabelQueue(Audit audit, Target.Kind kind, BiFunction<String, String, SuitePairs> pairs) {
    Set<Target> found = new LinkedHashSet<>();
    for (PlannedSuite suite : audit.plan().suites()) {
      if (suite.metric().equals(Metric.CAREFUL_RATE.label())) {
        for (Arm arm : audit.plan().tuned()) {
          for (PairBrief pair : pairs.apply(suite.suite(), arm.name()).briefs()) {
            if (pair.change() != PairedOutcome.Change.NOT_COMPARABLE) {
              add(found, kind, audit.plan().base().name(), suite.suite(), arm.name(), pair);
            }
          }
        }
      }
    }
    found.forEach(target -> targets.put(target.key(audit.id()), target));
  }

  private static void add(
      Set<Target> found,
      Target.Kind kind,
      String base,
      String suite,
      String tuned,
      PairBrief pair) {
    if (kind == Target.Kind.GRADE) {
      found.add(new Target(kind, suite, pair.itemId(), base));
      found.add(new Target(kind, suite, pair.itemId(), tuned));
    } else if (!pair.sameOutput()) {
      found.add(new Target(kind, suite, pair.itemId(), tuned));
    }
  }

  /** Returns how many there are. */
  public int size() {
    return targets.size();
  }

  /** Returns the target that a key stands for. */
  public Optional<Target> of(String key) {
    return Optional.ofNullable(targets.get(key));
  }

  /** Returns the first that a person has not labelled. */
  public Optional<Target> next(String author, Collection<Label> labels) {
    Set<Target> done =
        labels.stream()
            .filter(label -> label.author().equals(author))
            .map(Label::target)
            .collect(Collectors.toSet());
    return targets.values().stream().filter(target -> !done.contains(target)).findFirst();
  }

  /** Returns how many of them a person has labelled. */
  public int done(String author, Collection<Label> labels) {
    return (int)
        labels.stream()
            .filter(label -> label.author().equals(author))
            .map(Label::target)
            .distinct()
            .filter(targets::containsValue)
            .count();
  }

  /** Returns the newest label of each person by target, in the order of the queue. */
  static Map<Target, Map<String, Label>> newest(Collection<Label> labels, Target.Kind kind) {
    Map<Target, Map<String, Label>> all = new LinkedHashMap<>();
    labels.stream()
        .filter(label -> label.target().kind() == kind)
        .forEach(
            label ->
                all.computeIfAbsent(label.target(), target -> new TreeMap<>())
                    .put(label.author(), label));
    return all;
  }
}
