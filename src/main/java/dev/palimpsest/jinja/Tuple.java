package dev.palimpsest.jinja;

import java.util.AbstractList;
import java.util.Collection;
import java.util.RandomAccess;

/** An immutable sequence that prints with round brackets and never equals a list. */
class Tuple extends AbstractList<Object> implements Instance, RandomAccess {
  private final Object[] items;

  Tuple(Object... items) {
    this.items = items;
  }

  static Tuple copyOf(Collection<?> items) {
    return new Tuple(items.toArray());
  }

  @Override
  public Object get(int index) {
    return items[index];
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public String typeName() {
    return "tuple";
  }
}
