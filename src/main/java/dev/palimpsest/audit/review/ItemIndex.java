package dev.palimpsest.audit.review;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.ItemCell;
import dev.palimpsest.suite.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every item of an audit on every tuned arm, in plan order. One pass over it counts and filters, so
 * that no text is read to show how many there are of what.
 */
public final class ItemIndex {
  private final List<ItemEntry> entries;

  private ItemIndex(List<ItemEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Makes an index of entries in plan order. */
  static ItemIndex of(List<ItemEntry> entries) {
    return new ItemIndex(entries);
  }

  /** Reads the pairs of a suite and tuned arm without their texts, in plan order. */
  @FunctionalInterface
  public interface Briefs {
    /** Returns the pairs there are. */
    List<PairBrief> of(String suite, String tuned);
  }

  /**
   * Reads the items of an audit.
   *
   * @param shown which suites and arms are shown
   * @param scores for why items were lost, where they were asked again
   */
  public static ItemIndex of(
      AuditPlan plan, Predicate<Key> shown, Briefs briefs, Cells.Scores scores) {
    List<ItemEntry> entries = new ArrayList<>();
    plan.tuned().stream()
        .flatMap(arm -> plan.suites().stream().map(suite -> new Key(suite.suite(), arm.name())))
        .filter(shown)
        .forEach(key -> add(entries, plan, key, briefs, scores));
    return new ItemIndex(entries);
  }

  /** A suite and a tuned arm. */
  public record Key(String suite, String tuned) {}

  private static void add(
      List<ItemEntry> entries, AuditPlan plan, Key key, Briefs briefs, Cells.Scores scores) {
    PlannedSuite suite =
        plan.suites().stream()
            .filter(one -> one.suite().equals(key.suite()))
            .findFirst()
            .orElseThrow();
    boolean explained =
        plan.variants().stream()
            .anyMatch(variant -> Variant.explains(variant.suite(), key.suite()));
    Map<String, ItemCell> cells =
        explained ? ItemCell.of(key.suite(), plan.base().name(), key.tuned(), scores) : Map.of();
    for (PairBrief pair : briefs.of(key.suite(), key.tuned())) {
      String id = pair.itemId();
      entries.add(
          new ItemEntry(
              key.suite(),
              key.tuned(),
              pair,
              suite.tiers().getOrDefault(id, ""),
              suite.topics().getOrDefault(id, ""),
              suite.cluster(id),
              Optional.ofNullable(cells.get(id))));
    }
  }

  /** Returns the items in plan order, arm by arm. */
  public List<ItemEntry> entries() {
    return entries;
  }
}
