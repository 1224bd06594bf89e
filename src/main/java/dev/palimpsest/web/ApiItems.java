package dev.palimpsest.web;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.review.Facet;
import dev.palimpsest.audit.review.ItemEntry;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.suite.Item;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.guard.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The items of a report for programs, by the filters of the page. */
final class ApiItems {
  private static final String PATH = "/audits/{id}/items";
  private static final String[] CHANGES = {
    "lost", "gained", "both_wrong", "both_right", Facet.TEXT, "not_comparable", ItemFilter.ALL
  };

  /** What one checkpoint made of an item. */
  record Answered(Outcome.State state, double score, String output, String explanation) {
    static Answered of(Outcome outcome) {
      return new Answered(
          outcome.state(), outcome.score(), outcome.output(), outcome.explanation());
    }
  }

  /** An item on the base and one tuned checkpoint. Texts are as they were: escape them. */
  record ItemRow(
      String suite,
      String tuned,
      String item,
      PairedOutcome.Change change,
      @Says("Whether only the text of the answer is another one.") boolean textOnly,
      String tier,
      String topic,
      @Says("Why it was lost.") Optional<String> cell,
      @Says("How far the lead of the right answer moved, in nats.") Optional<Double> shift,
      String question,
      Answered before,
      Answered after) {}

  /** How many items each value of a filter would leave while the others stand. */
  record ItemCounts(
      Map<String, Map<String, Integer>> counts,
      @Says("What the lost items of one checkpoint have in common.") String inCommon) {}

  private final Reports reports;
  private final ItemBook book;
  private final ItemTexts texts;

  ApiItems(Reports reports, ItemBook book, ItemTexts texts) {
    this.reports = reports;
    this.book = book;
    this.texts = texts;
  }

  void routes(ApiRoutes api) {
    filtered(api.get(PATH, Role.VIEWER, "listItems", "Items of a report, filtered"))
        .pages(ItemRow.class)
        .by(this::list);
    filtered(
            api.get(
                PATH + "/counts", Role.VIEWER, "countItems", "How many items each filter leaves"))
        .answers(ItemCounts.class)
        .by(this::count);
  }

  private static ApiRoutes.Draft filtered(ApiRoutes.Draft draft) {
    return draft
        .asks("suite", "Id of a suite.")
        .asks("tuned", "Name of a tuned checkpoint.")
        .asksOneOf("change", "What became of the item; lost where it is left out.", CHANGES)
        .asks("topic", "A topic.")
        .asksOneOf("tier", "A tier.", "easy", "medium", "hard")
        .asks("cell", "Why it was lost.")
        .asks("q", "A text in the item's id, its prompt or an answer.")
        .asksOneOf(
            "sort", "By the shift of the right answer's lead, or as planned.", "shift", "plan");
  }

  private record Selected(Audit audit, ItemFilter filter, ItemSelection selection) {}

  private Selected selected(Call call) {
    Audit audit = reports.audit(call.step("id"));
    ItemFilter filter =
        ItemFilter.of(call.ctx(), reports.recent(audit.id()), ItemPages.path(audit));
    return new Selected(audit, filter, book.select(filter));
  }

  private Call.Page<ItemRow> list(Call call) {
    Selected selected = selected(call);
    List<ItemEntry> entries = selected.selection().entries();
    return call.page(
        entries.size(),
        (from, size) ->
            rows(selected, entries.subList(from, Math.min(from + size, entries.size()))));
  }

  private List<ItemRow> rows(Selected selected, List<ItemEntry> shown) {
    List<PairedOutcome> pairs = book.read(selected.filter().report(), shown);
    List<ItemRow> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(row(selected.audit(), shown.get(i), pairs.get(i)));
    }
    return rows;
  }

  private ItemRow row(Audit audit, ItemEntry entry, PairedOutcome pair) {
    return new ItemRow(
        entry.suite(),
        entry.tuned(),
        entry.itemId(),
        entry.change(),
        entry.isTextOnly(),
        entry.tier(),
        entry.topic(),
        entry.cell().map(cell -> cell.name().toLowerCase(Locale.ROOT)),
        Double.isNaN(entry.shift()) ? Optional.empty() : Optional.of(entry.shift()),
        texts
            .item(audit, entry.suite(), entry.itemId())
            .map(Item::text)
            .orElse(pair.base().prompt()),
        Answered.of(pair.base()),
        Answered.of(pair.tuned()));
  }

  private ItemCounts count(Call call) {
    Selected selected = selected(call);
    Map<String, Map<String, Integer>> counts =
        selected.selection().counts().entrySet().stream()
            .collect(Collectors.toMap(one -> one.getKey().parameter(), Map.Entry::getValue));
    return new ItemCounts(counts, book.inCommon(selected.filter()));
  }
}
