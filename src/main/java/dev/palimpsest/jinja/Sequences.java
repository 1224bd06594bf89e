package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Walking, counting, indexing and cutting values that hold others. */
final class Sequences {
  private Sequences() {}

  static Iterator<Object> iterator(Object value) {
    if (value instanceof Generator generator) {
      return generator.items();
    }
    return list(value).iterator();
  }

  /** Returns the items of any value that can be walked; a generator is used up. */
  static List<Object> list(Object value) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      return PythonText.characters(text);
    }
    if (value instanceof DictView view) {
      return view.items();
    }
    if (value instanceof Markup markup) {
      return PythonText.characters(markup.text());
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    return fromGenerator(value);
  }

  private static List<Object> fromGenerator(Object value) {
    if (!(value instanceof Generator generator)) {
      throw new TemplateException("'" + Types.nameOf(value) + "' object is not iterable");
    }
    List<Object> items = new ArrayList<>();
    generator.items().forEachRemaining(items::add);
    return items;
  }

  static boolean isIterable(Object value) {
    return hasLength(value) || value instanceof Generator;
  }

  private static boolean hasLength(Object value) {
    return value instanceof Collection<?>
        || value instanceof Map<?, ?>
        || value instanceof String
        || value instanceof DictView
        || value instanceof Markup
        || value instanceof Undefined;
  }

  static long length(Object value) {
    if (value instanceof String text) {
      return PythonText.length(text);
    }
    if (value instanceof Collection<?> collection) {
      return collection.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof DictView view) {
      return view.items().size();
    }
    if (value instanceof Markup markup) {
      return PythonText.length(markup.text());
    }
    if (value instanceof Undefined) {
      return 0;
    }
    throw new TemplateException("object of type '" + Types.nameOf(value) + "' has no len()");
  }

  /** Returns the item at a position that may count from the end, or {@link Instance#ABSENT}. */
  static Object at(Object sequence, long index) {
    if (sequence instanceof Markup markup) {
      return Markup.marked(at(markup.text(), index));
    }
    if (sequence instanceof String text) {
      int length = PythonText.length(text);
      long position = index < 0 ? index + length : index;
      if (position < 0 || position >= length) {
        return Instance.ABSENT;
      }
      return Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) position)));
    }
    if (sequence instanceof List<?> list) {
      long position = index < 0 ? index + list.size() : index;
      return position < 0 || position >= list.size() ? Instance.ABSENT : list.get((int) position);
    }
    return Instance.ABSENT;
  }

  /** Cuts a text, list or tuple by Python's rules; null stands for a bound that is left out. */
  static Object slice(Object sequence, Object from, Object to, Object step) {
    int[] points = sequence instanceof String text ? text.codePoints().toArray() : new int[0];
    List<Object> items = sequence instanceof String ? List.of() : list(sequence);
    long stride = step == null ? 1 : Types.toLong(step);
    if (stride == 0) {
      throw new TemplateException("slice step cannot be zero");
    }
    int size = sequence instanceof String ? points.length : items.size();
    long first = bound(from, stride > 0 ? 0 : size - 1, size, stride);
    long end = bound(to, stride > 0 ? size : -1, size, stride);
    if (sequence instanceof Range range) {
      return range.part(first, end, stride);
    }
    List<Object> cut = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (long i = first; stride > 0 ? i < end : i > end; i += stride) {
      if (sequence instanceof String) {
        text.appendCodePoint(points[(int) i]);
      } else {
        cut.add(items.get((int) i));
      }
    }
    if (sequence instanceof String) {
      return text.toString();
    }
    return sequence instanceof Tuple ? Tuple.copyOf(cut) : cut;
  }

  private static long bound(Object given, long absent, int size, long stride) {
    if (given == null) {
      return absent;
    }
    long value = Types.toLong(given);
    long fromStart = value < 0 ? value + size : value;
    long lowest = stride > 0 ? 0 : -1;
    long highest = stride > 0 ? size : size - 1L;
    return Math.max(lowest, Math.min(highest, fromStart));
  }
}
