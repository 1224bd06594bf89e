package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that look into or regroup values that hold others. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    filters.put("default", (r, v, a) -> orDefault(v, a));
    filters.put("d", (r, v, a) -> orDefault(v, a));
    Filters.plain(filters, "length", (r, v) -> Sequences.length(v));
    Filters.plain(filters, "count", (r, v) -> Sequences.length(v));
    Filters.plain(filters, "list", (r, v) -> new ArrayList<>(Sequences.list(v)));
    Filters.plain(filters, "first", (r, v) -> first(v));
    Filters.plain(filters, "last", (r, v) -> last(v));
    Filters.plain(filters, "reverse", (r, v) -> reverse(v));
    Filters.plain(filters, "items", (r, v) -> items(v));
    filters.put("batch", (r, v, a) -> batch(r.budget(), v, a));
    filters.put("slice", (r, v, a) -> slice(r.budget(), v, a));
    filters.put("attr", SequenceFilters::attr);
  }

  private static Object orDefault(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("default", "default_value", "boolean");
    boolean alsoFalse = Python.isTrue(bound.get(1, false));
    boolean absent = value instanceof Undefined || (alsoFalse && !Python.isTrue(value));
    return absent ? bound.get(0, "") : value;
  }

  private static Object first(Object value) {
    Iterator<Object> items = Sequences.iterator(value);
    return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
  }

  private static Object last(Object value) {
    if (value instanceof Generator) {
      throw new TemplateException("'generator' object is not reversible");
    }
    List<Object> items = Sequences.list(value);
    return items.isEmpty()
        ? new Undefined("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static Object reverse(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> reversed = new ArrayList<>(Sequences.list(value));
    Collections.reverse(reversed);
    return value instanceof Generator ? reversed : new Generator(reversed.iterator());
  }

  private static Object items(Object value) {
    if (value instanceof Undefined) {
      return new Generator(Collections.emptyIterator());
    }
    if (value instanceof Map<?, ?> map) {
      return new Generator(CollectionMethods.items(map).iterator());
    }
    throw new TemplateException("items needs a dict, not " + Types.nameOf(value));
  }

  private static Object batch(Budget budget, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("batch", "linecount", "fill_with");
    long size = Types.toLong(bound.required(0));
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Sequences.list(value)) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      Object filler = bound.get(1, null);
      budget.make(filler == null ? 0 : Math.max(0, size));
      while (filler != null && batch.size() < size) {
        batch.add(filler);
      }
      batches.add(batch);
    }
    return new Generator(batches.iterator());
  }

  private static Object slice(Budget budget, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("slice", "slices", "fill_with");
    List<Object> items = Sequences.list(value);
    long slices = Types.toLong(bound.required(0));
    if (slices == 0) {
      throw new TemplateException("slice() needs at least one slice");
    }
    budget.make(Math.max(0, slices));
    List<Object> result = new ArrayList<>();
    int from = 0;
    for (long i = 0; i < slices; i++) {
      boolean longer = i < items.size() % slices;
      int to = from + (int) (items.size() / slices) + (longer ? 1 : 0);
      List<Object> slice = new ArrayList<>(items.subList(from, to));
      if (bound.get(1, null) != null && !longer) {
        slice.add(bound.required(1));
      }
      result.add(slice);
      from = to;
    }
    return new Generator(result.iterator());
  }

  private static Object attr(Rendering rendering, Object value, Arguments arguments) {
    String name = arguments.bind("attr", "name").text(0);
    Object owner = value instanceof Map<?, ?> ? Map.of() : value;
    Object found = Attributes.attribute(rendering, owner, name);
    boolean isMethod = value instanceof Map<?, ?> && !(found instanceof Undefined);
    return isMethod ? Attributes.attribute(rendering, value, name) : found;
  }
}
