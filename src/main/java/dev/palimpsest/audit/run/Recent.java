package dev.palimpsest.audit.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The values that were used last; whoever asks for the same one while it is made waits for it. */
final class Recent<K, V> {
  private final int kept;
  private final Map<K, Cell<V>> cells =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Cell<V>> eldest) {
          return size() > kept;
        }
      };

  Recent(int kept) {
    this.kept = kept;
  }

  /** A value that is there or is being made. */
  private static final class Cell<V> {
    private V value;
  }

  /** Returns the value of a key, making it where it is not kept; a failure is not kept. */
  V computeIfAbsent(K key, Function<K, V> make) {
    Cell<V> cell;
    synchronized (cells) {
      cell = cells.computeIfAbsent(key, unknown -> new Cell<>());
    }
    synchronized (cell) {
      if (cell.value == null) {
        cell.value = make.apply(key);
      }
      return cell.value;
    }
  }

  void remove(K key) {
    synchronized (cells) {
      cells.remove(key);
    }
  }
}
