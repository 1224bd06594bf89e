package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.JsonLines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A suite that is put together item by item and goes on after a fault, so that whoever makes it
 * sees all of them at once.
 */
public final class SuiteDraft {
  private static final String HEAD = "suite.json";

  private final SuiteInfo form;
  private final String file;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<SuiteException> faults = new ArrayList<>();
  private ObjectNode head;

  /**
   * Begins a suite.
   *
   * @param form says how items are read and shown while suite.json is not known
   * @param file where the items come from, as people know it
   */
  public SuiteDraft(SuiteInfo form, String file) {
    this.form = form;
    this.file = file;
  }

  /** Says what suite.json holds; a fault in it is told with the others. */
  public void head(ObjectNode suite) {
    head = suite;
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

  /** Notes what is wrong with the whole. */
  public void refuse(String field, String found, String expected) {
    faults.add(new SuiteException(HEAD, 0, field, found, expected));
  }

  /**
   * Returns a suite of the first items that are in order, to be looked at; none while there is no
   * such item. Its id and version say nothing.
   */
  public Optional<Suite> preview(int count) {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(new Suite(form, items.subList(0, Math.min(count, items.size()))));
  }

  /** Returns how many items are in order. */
  public int size() {
    return items.size();
  }

  /** Returns everything that is wrong, in the order of the lines. */
  public List<SuiteException> faults() {
    List<SuiteException> all = new ArrayList<>(faults);
    if (all.stream().noneMatch(fault -> fault.file().equals(HEAD))) {
      info(all);
    }
    if (items.isEmpty() && all.stream().noneMatch(fault -> fault.file().equals(file))) {
      all.add(new SuiteException(file, 0, "", "no item", "at least one"));
    }
    // Those of the whole have no line and come first.
    all.sort(Comparator.comparingInt(SuiteException::line));
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
