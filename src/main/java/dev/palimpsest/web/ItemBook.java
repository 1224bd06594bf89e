package dev.palimpsest.web;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.review.ItemEntry;
import dev.palimpsest.audit.review.ItemIndex;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.audit.review.LostInCommon;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.report.model.Report;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The items of reports, kept for as long as the report is the same one: what became of them, how
 * long their prompts are and where a text was found. Of texts only those of one page are read.
 */
final class ItemBook {
  private static final int BOOKS = 4;
  private static final int SEARCHES = 32;

  private final Audits audits;
  private final Map<String, Pages> books = recent(BOOKS);

  ItemBook(Audits audits) {
    this.audits = audits;
  }

  /** What is known of one report's items. */
  private static final class Pages {
    private final Report report;
    private final ItemIndex index;
    private final Map<String, Set<Review.Answer>> found = recent(SEARCHES);
    private final Map<String, String> common = recent(SEARCHES);
    private final Map<String, Map<String, Integer>> lengths =
        Collections.synchronizedMap(new HashMap<>());

    Pages(Report report, ItemIndex index) {
      this.report = report;
      this.index = index;
    }
  }

  private Pages of(Report report) {
    String id = report.data().audit().id();
    Pages known = books.get(id);
    if (known != null && known.report == report) {
      return known;
    }
    Pages made = new Pages(report, index(audits.find(id).orElseThrow(), report));
    books.put(id, made);
    return made;
  }

  private ItemIndex index(Audit audit, Report report) {
    Set<ItemIndex.Key> shown =
        report.data().capabilities().stream()
            .map(one -> new ItemIndex.Key(one.suite(), one.tuned()))
            .collect(Collectors.toSet());
    return ItemIndex.of(
        audit.plan(),
        shown::contains,
        (suite, tuned) -> report.pairs(suite, tuned).briefs(),
        (suite, arm) -> audits.scores(audit.id(), suite, arm));
  }

  /** Reads what became of a report's items before somebody asks. */
  void open(Report report) {
    of(report);
  }

  /** Returns the items that a filter leaves. */
  ItemSelection select(ItemFilter filter) {
    Pages pages = of(filter.report());
    return ItemSelection.of(
        pages.index, filter.chosen(), found(pages, filter.text()), filter.order());
  }

  /** A text that was looked for is not looked for again to turn a page. */
  private Predicate<ItemEntry> found(Pages pages, String text) {
    if (text.isEmpty()) {
      return entry -> true;
    }
    Audit audit = audits.find(pages.report.data().audit().id()).orElseThrow();
    String base = audit.plan().base().name();
    Set<Review.Answer> found =
        computed(pages.found, text, wanted -> audits.holding(audit.id(), wanted));
    return entry ->
        found.contains(new Review.Answer(entry.suite(), base, entry.itemId()))
            || found.contains(new Review.Answer(entry.suite(), entry.tuned(), entry.itemId()));
  }

  /** Returns what the lost items of one checkpoint have in common, "" where several are shown. */
  String inCommon(ItemFilter filter) {
    Pages pages = of(filter.report());
    return computed(
        pages.common, filter.suite() + "\n" + filter.tuned(), unknown -> inCommon(pages, filter));
  }

  private static String inCommon(Pages pages, ItemFilter filter) {
    List<ItemEntry> entries =
        pages.index.entries().stream()
            .filter(entry -> filter.suite().isEmpty() || filter.suite().equals(entry.suite()))
            .filter(entry -> filter.tuned().isEmpty() || filter.tuned().equals(entry.tuned()))
            .toList();
    if (entries.stream().map(ItemEntry::tuned).distinct().count() != 1) {
      return "";
    }
    String tuned = entries.get(0).tuned();
    Map<String, Map<String, Integer>> lengths = new HashMap<>();
    entries.stream()
        .map(ItemEntry::suite)
        .distinct()
        .forEach(
            suite ->
                lengths.put(
                    suite,
                    computed(
                        pages.lengths,
                        suite,
                        one -> pages.report.pairs(one, tuned).promptLengths())));
    return LostInCommon.sentence(entries, LostInCommon.lengths(lengths));
  }

  /** Returns some items with their texts, in the given order. */
  List<PairedOutcome> read(Report report, List<ItemEntry> entries) {
    Map<ItemIndex.Key, List<ItemEntry>> groups =
        entries.stream()
            .collect(
                Collectors.groupingBy(entry -> new ItemIndex.Key(entry.suite(), entry.tuned())));
    Map<Review.Answer, PairedOutcome> pairs = new HashMap<>();
    groups.forEach(
        (key, group) ->
            report
                .pairs(key.suite(), key.tuned())
                .of(group.stream().map(ItemEntry::itemId).toList())
                .forEach(
                    pair ->
                        pairs.put(
                            new Review.Answer(key.suite(), key.tuned(), pair.base().itemId()),
                            pair)));
    return entries.stream()
        .map(entry -> new Review.Answer(entry.suite(), entry.tuned(), entry.itemId()))
        .filter(pairs::containsKey)
        .map(pairs::get)
        .toList();
  }

  private static <V> V computed(Map<String, V> kept, String key, Function<String, V> make) {
    V known = kept.get(key);
    if (known == null) {
      known = make.apply(key);
      kept.put(key, known);
    }
    return known;
  }

  private static <V> Map<String, V> recent(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        });
  }
}
