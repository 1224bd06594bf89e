package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.JsonLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A suite that is put together item by item and goes on after a fault, so that whoever makes it
 * sees all of them at once.
 */
public final class SuiteDraft {
  private static final String HEAD = "suite";

  private final ObjectNode head;
  private final SuiteInfo form;
  private final String file;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<SuiteException> faults = new ArrayList<>();

  /**
   * Begins a suite.
   *
   * @param head suite.json; faults in it are told with the others
   * @param form says how items are read while the head is not in order
   * @param file where the items come from, as people know it
   */
  public SuiteDraft(ObjectNode head, SuiteInfo form, String file) {
    this.head = head;
    this.form = form;
    this.file = file;
  }

  /** Adds an item in the format of items.jsonl, or notes what is wrong with it. */
  public void add(int line, ObjectNode node) {
    try {
      Item item = SuiteLoader.item(file, new JsonLines.Line(line, node), form);
      Integer before = lines.putIfAbsent(item.id(), line);
      if (before != null) {
        throw new SuiteException(
            file,
            line,
            "id",
            "\"" + item.id() + "\", which line " + before + " has already",
            "ids that all differ");
      }
      items.add(item);
    } catch (SuiteException fault) {
      faults.add(fault);
    }
  }

  /** Notes what keeps a line from being an item. */
  public void refuse(int line, String field, String found, String expected) {
    faults.add(new SuiteException(file, line, field, found, expected));
  }

  /** Returns the items that are in order, as many of the first as are wanted. */
  public List<Item> first(int count) {
    return List.copyOf(items.subList(0, Math.min(count, items.size())));
  }

  /** Returns how many items are in order. */
  public int size() {
    return items.size();
  }

  /** Returns everything that is wrong, the head's fault first. */
  public List<SuiteException> faults() {
    List<SuiteException> all = new ArrayList<>();
    info(all);
    all.addAll(faults);
    if (items.isEmpty() && faults.isEmpty()) {
      all.add(new SuiteException(file, 0, "", "no item", "at least one"));
    }
    return all;
  }

  /** Returns the suite, if nothing is wrong. */
  public Optional<Suite> suite() {
    return faults().isEmpty()
        ? info(new ArrayList<>()).map(info -> new Suite(info, items))
        : Optional.empty();
  }

  private Optional<SuiteInfo> info(List<SuiteException> into) {
    try {
      return Optional.of(SuiteLoader.info(HEAD, head));
    } catch (SuiteException fault) {
      into.add(fault);
      return Optional.empty();
    }
  }
}
