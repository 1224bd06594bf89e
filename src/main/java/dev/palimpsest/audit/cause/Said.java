package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How causes say figures. */
final class Said {
  private Said() {}

  /** Returns the number of answers that a share counts. */
  static int count(BehaviourMeasure measure) {
    return (int) Math.round(measure.value() * measure.n());
  }

  /** Returns the same of the base. */
  static int baseCount(BehaviourMeasure measure) {
    return (int) Math.round(measure.base() * measure.n());
  }

  /** Returns a drop as "knowledge fell 15.0 points". */
  static String fall(Finding finding) {
    return CapabilityName.words(finding.capability())
        + " fell "
        + Points.of(finding.delta())
        + " points";
  }

  static String falls(List<Finding> findings) {
    return findings.stream().map(Said::fall).collect(Collectors.joining(", "));
  }

  /** Returns figures by name. */
  static SortedMap<String, Double> figures(Object... namesAndValues) {
    SortedMap<String, Double> figures = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      figures.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
    }
    return figures;
  }
}
