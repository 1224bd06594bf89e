package dev.palimpsest.web;

import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.review.ItemEntry;
import java.util.List;
import java.util.Optional;

/**
 * The ways from one item to others.
 *
 * @param number of the item in the list, from 1; 0 where it is not in it
 * @param count items of the list
 * @param list the page of the list that shows the item
 * @param previous the item before it in the list, "" for none; so the others
 * @param previousLost the nearest lost item before it, whatever change the list shows
 */
public record ItemLinks(
    int number,
    int count,
    String list,
    String previous,
    String next,
    String previousLost,
    String nextLost) {
  private static final int PAGE = 50;

  /**
   * Finds the ways from an item.
   *
   * @param listed the items that the filter leaves
   * @param all the same whatever became of them
   */
  static ItemLinks of(
      Audit audit, ItemFilter filter, ItemEntry item, List<ItemEntry> listed, List<ItemEntry> all) {
    int at = listed.indexOf(item);
    int among = all.indexOf(item);
    return new ItemLinks(
        at + 1,
        listed.size(),
        list(filter, at),
        at > 0 ? item(audit, filter, listed.get(at - 1)) : "",
        at >= 0 && at + 1 < listed.size() ? item(audit, filter, listed.get(at + 1)) : "",
        lost(all, among, -1).map(entry -> item(audit, filter, entry)).orElse(""),
        lost(all, among, 1).map(entry -> item(audit, filter, entry)).orElse(""));
  }

  private static String list(ItemFilter filter, int at) {
    int page = Math.max(0, at) / PAGE + 1;
    String url = filter.query().with("page", page == 1 ? "" : Integer.toString(page)).url();
    return at < 0 ? url : url + "#item-" + (at + 1);
  }

  private static Optional<ItemEntry> lost(List<ItemEntry> all, int at, int step) {
    for (int i = at + step; at >= 0 && i >= 0 && i < all.size(); i += step) {
      if (all.get(i).change() == Change.LOST) {
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }

  /** Returns an item's address, which keeps the list that it was reached from. */
  static String item(Audit audit, ItemFilter filter, ItemEntry entry) {
    Query query = filter.query().at(path(audit)).with("page", "").with("item", entry.itemId());
    if (filter.suite().isEmpty()) {
      query = query.with("in", entry.suite());
    }
    return (filter.tuned().isEmpty() ? query.with("on", entry.tuned()) : query).url();
  }

  static String path(Audit audit) {
    return "/audits/" + audit.id() + "/item";
  }
}
