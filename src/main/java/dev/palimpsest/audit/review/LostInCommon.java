package dev.palimpsest.audit.review;

import dev.palimpsest.Listing;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.ClusteredAssociation;
import dev.palimpsest.stats.ClusteredAssociation.Observation;
import dev.palimpsest.stats.Hypergeometric;
import dev.palimpsest.stats.Multiplicity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What the lost items of one tuned arm have in common, in a sentence.
 *
 * <p>Of the items that the base has right, those that were lost are held against those that were
 * kept: for each suite, tier and topic, and for long prompts (longer than the median), the
 * one-sided p-value of the property being more frequent among the lost (exact where items stand
 * alone, cluster-robust where some share a template, passage or fact), adjusted by Holm over all
 * properties that were looked at. It points to where to look and gates nothing.
 */
public final class LostInCommon {
  private static final int FEWEST_LOST = 5;
  private static final int FEWEST_MARKED = 5;
  private static final int FEWEST_CLUSTERS = 20;
  private static final double LEVEL = 0.05;

  private final List<ItemEntry> atRisk;
  private final int clusters;
  private final boolean clustered;

  private LostInCommon(List<ItemEntry> entries) {
    this.atRisk =
        entries.stream()
            .filter(entry -> entry.change() == Change.LOST || entry.change() == Change.BOTH_RIGHT)
            .toList();
    Set<String> clusters = new HashSet<>();
    atRisk.forEach(entry -> clusters.add(cluster(entry)));
    this.clusters = clusters.size();
    this.clustered = clusters.size() < atRisk.size();
  }

  private static String cluster(ItemEntry entry) {
    return entry.suite() + " " + entry.cluster();
  }

  /**
   * A property that items have or lack; {@code name} follows "of them", like "are of tier hard".
   */
  private record Property(String kind, String name, Predicate<ItemEntry> has) {}

  private record Finding(Property property, int lost, int marked, double p) {}

  /**
   * Says what stands out.
   *
   * @param entries of one tuned arm, lost or not
   * @param length of an item's prompt in characters, negative where it is not known
   * @return a sentence; "" where nothing was lost
   */
  public static String sentence(List<ItemEntry> entries, ToIntFunction<ItemEntry> length) {
    return new LostInCommon(entries).sentence(length);
  }

  private String sentence(ToIntFunction<ItemEntry> length) {
    int lost = (int) atRisk.stream().filter(LostInCommon::isLost).count();
    if (lost == 0) {
      return "";
    }
    if (lost < FEWEST_LOST || clusters < FEWEST_CLUSTERS) {
      return lost < FEWEST_LOST
          ? "Too few items are lost to say what they have in common."
          : "Too few items are independent to say what the lost ones have in common.";
    }
    List<Finding> findings = properties(length).stream().map(this::finding).toList();
    if (findings.isEmpty() || lost == atRisk.size()) {
      return "Nothing tells the lost items from the kept ones.";
    }
    double[] adjusted = Multiplicity.holm(findings.stream().mapToDouble(Finding::p).toArray());
    List<String> said = new ArrayList<>();
    double smallest = 1;
    for (int i = 0; i < adjusted.length; i++) {
      smallest = Math.min(smallest, adjusted[i]);
      if (adjusted[i] <= LEVEL) {
        said.add(words(findings.get(i), lost, adjusted[i]));
      }
    }
    String scope =
        " (Holm over %d properties%s)"
            .formatted(adjusted.length, clustered ? ", items of one cluster counted together" : "");
    return said.isEmpty()
        ? "The lost items are like the kept ones in %s: smallest %s%s."
            .formatted(kinds(findings), p(smallest), scope)
        : "Of the %d lost items %s%s.".formatted(lost, String.join("; ", said), scope);
  }

  private static String kinds(List<Finding> findings) {
    return Listing.of(findings.stream().map(finding -> finding.property.kind).distinct().toList());
  }

  private String words(Finding finding, int lost, double p) {
    return "%d %s (%s, against %s of all that could be lost; %s)"
        .formatted(
            finding.lost,
            finding.property.name,
            share(finding.lost, lost),
            share(finding.marked, atRisk.size()),
            p(p));
  }

  private static String p(double p) {
    String value = Points.pValue(p);
    return value.startsWith("<") ? "p < " + value.substring(1) : "p = " + value;
  }

  private static String share(int part, int whole) {
    return Math.round(100.0 * part / whole) + "%";
  }

  private Finding finding(Property property) {
    int lost = 0;
    int marked = 0;
    int both = 0;
    for (ItemEntry entry : atRisk) {
      boolean has = property.has.test(entry);
      lost += isLost(entry) ? 1 : 0;
      marked += has ? 1 : 0;
      both += has && isLost(entry) ? 1 : 0;
    }
    double p =
        clustered
            ? ClusteredAssociation.upperP(observations(property))
            : Hypergeometric.atLeast(both, marked, lost, atRisk.size());
    return new Finding(property, both, marked, p);
  }

  private List<Observation> observations(Property property) {
    return atRisk.stream()
        .map(entry -> new Observation(cluster(entry), property.has.test(entry), isLost(entry)))
        .toList();
  }

  /** Properties of enough items, and not of nearly all, so that they could stand out. */
  private List<Property> properties(ToIntFunction<ItemEntry> length) {
    List<Property> properties = new ArrayList<>();
    properties.addAll(values("suite", ItemEntry::suite));
    properties.addAll(values("tier", ItemEntry::tier));
    properties.addAll(values("topic", ItemEntry::topic));
    int[] lengths = atRisk.stream().mapToInt(length).filter(n -> n >= 0).sorted().toArray();
    if (lengths.length == atRisk.size() && lengths.length > 0) {
      int median = lengths[lengths.length / 2];
      properties.add(
          new Property(
              "length of prompt",
              "have a prompt of more than %d characters".formatted(median),
              entry -> length.applyAsInt(entry) > median));
    }
    return properties.stream().filter(this::couldStandOut).toList();
  }

  private List<Property> values(String kind, Function<ItemEntry, String> value) {
    Set<String> values = new TreeSet<>();
    atRisk.forEach(entry -> values.add(value.apply(entry)));
    values.remove("");
    return values.stream()
        .map(
            one ->
                new Property(
                    kind, "are of " + kind + " " + one, entry -> value.apply(entry).equals(one)))
        .toList();
  }

  private boolean couldStandOut(Property property) {
    long marked = atRisk.stream().filter(property.has).count();
    return marked >= FEWEST_MARKED && marked <= atRisk.size() - FEWEST_MARKED;
  }

  private static boolean isLost(ItemEntry entry) {
    return entry.change() == Change.LOST;
  }

  /** Returns the lengths of prompts by suite and item. */
  public static ToIntFunction<ItemEntry> lengths(Map<String, Map<String, Integer>> bySuite) {
    return entry -> bySuite.getOrDefault(entry.suite(), Map.of()).getOrDefault(entry.itemId(), -1);
  }
}
