package dev.palimpsest.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Truth, equality, order and operators of Python, within a budget. */
final class Python {
  private final Budget budget;

  Python(Budget budget) {
    this.budget = budget;
  }

  static boolean isTrue(Object value) {
    if (value == null || value instanceof Undefined) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (Types.isNumber(value)) {
      return Types.toDouble(value) != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    return value instanceof Generator
        || !Sequences.isIterable(value)
        || Sequences.length(value) > 0;
  }

  boolean equal(Object first, Object second) {
    Object left = Markup.plain(first);
    Object right = Markup.plain(second);
    if (left == right) {
      return true;
    }
    budget.work(1);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return compareNumbers(left, right) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return equalLists(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return equalMaps(a, b);
    }
    if (left instanceof Undefined || left == null) {
      return left instanceof Undefined && right instanceof Undefined;
    }
    return left instanceof String text && chargedEquals(text, right);
  }

  private boolean chargedEquals(String text, Object right) {
    budget.work(text.length());
    return text.equals(right);
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      return Double.compare(Types.toDouble(left) + 0.0, Types.toDouble(right) + 0.0);
    }
    return left instanceof BigInteger || right instanceof BigInteger
        ? Types.toBig(left).compareTo(Types.toBig(right))
        : Long.compare(Types.toLong(left), Types.toLong(right));
  }

  private boolean equalLists(List<?> left, List<?> right) {
    if (left.size() != right.size() || !Types.nameOf(left).equals(Types.nameOf(right))) {
      return false;
    }
    budget.visit();
    budget.enter();
    try {
      Iterator<?> other = right.iterator();
      return left.stream().allMatch(item -> equal(item, other.next()));
    } finally {
      budget.leave();
    }
  }

  private boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    budget.visit();
    budget.enter();
    try {
      return left.entrySet().stream()
          .allMatch(
              entry ->
                  right.containsKey(entry.getKey())
                      && equal(entry.getValue(), right.get(entry.getKey())));
    } finally {
      budget.leave();
    }
  }

  /** Returns the order of two values, or fails as Python does for kinds that have none. */
  int compare(String operator, Object first, Object second) {
    Object left = Markup.plain(first);
    Object right = Markup.plain(second);
    budget.work(1);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return compareNumbers(left, right);
    }
    if (left instanceof String a && right instanceof String b) {
      budget.work(Math.min(a.length(), b.length()));
      return PythonText.compare(a, b);
    }
    boolean sameKind = Types.nameOf(left).equals(Types.nameOf(right));
    boolean ordered = sameKind && !(left instanceof Range);
    if (left instanceof List<?> a && right instanceof List<?> b && ordered) {
      return compareLists(operator, a, b);
    }
    failIfUndefined(left, right);
    throw new TemplateException(
        "'%s' is not supported between '%s' and '%s'"
            .formatted(operator, Types.nameOf(left), Types.nameOf(right)));
  }

  private int compareLists(String operator, List<?> left, List<?> right) {
    budget.enter();
    try {
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        if (!equal(left.get(i), right.get(i))) {
          return compare(operator, left.get(i), right.get(i));
        }
      }
      return Integer.compare(left.size(), right.size());
    } finally {
      budget.leave();
    }
  }

  boolean contains(Object owner, Object value) {
    Object container = Markup.plain(owner);
    if (container instanceof String text) {
      budget.work(text.length() + Cost.ofSearch(text, value));
      return text.contains(Types.toText(value, "the left operand of 'in <string>'"));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(key(map, value));
    }
    if (!Sequences.isIterable(container)) {
      throw new TemplateException(
          "argument of type '" + Types.nameOf(container) + "' is not iterable");
    }
    Iterator<Object> items = Sequences.iterator(container);
    while (items.hasNext()) {
      if (equal(items.next(), value)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the key under which a map has a value: 1, 1.0 and True are one key. */
  Object key(Map<?, ?> map, Object value) {
    Object key = key(value);
    if (!Types.isNumber(key) || map.containsKey(key)) {
      return key;
    }
    double number = Types.toDouble(key);
    Object whole = number == Math.rint(number) ? Numbers.truncated(number) : key;
    for (Object same : List.of(whole, number, number == 1)) {
      if (map.containsKey(same) && compareNumbers(same, key) == 0) {
        return same;
      }
    }
    return key;
  }

  private static boolean isMutable(Object value) {
    boolean list = value instanceof List<?> && !(value instanceof Range || value instanceof Tuple);
    return list || value instanceof Map<?, ?> || value instanceof DictView;
  }

  /** Tells whether a value can be a key of a map. */
  boolean isHashable(Object value) {
    budget.work(1);
    if (!(value instanceof Tuple tuple)) {
      return !isMutable(value);
    }
    budget.visit();
    budget.enter();
    try {
      return tuple.stream().allMatch(this::isHashable);
    } finally {
      budget.leave();
    }
  }

  /** Returns a value fit to be the key of a map, or fails if it can change. */
  Object key(Object value) {
    budget.work(1);
    if (value instanceof Tuple tuple) {
      budget.visit();
      budget.enter();
      tuple.forEach(this::key);
      budget.leave();
    } else if (isMutable(value)) {
      throw new TemplateException("unhashable type: '" + Types.nameOf(value) + "'");
    }
    return Markup.plain(value);
  }

  Object operate(String operator, Object left, Object right) {
    failIfUndefined(left, right);
    Object result = Instance.ABSENT;
    if (Types.isNumber(left) && Types.isNumber(right)) {
      result = Numbers.apply(operator, left, right);
    } else if (operator.equals("+")) {
      result = concatenate(left, right);
    } else if (operator.equals("*")) {
      result = Types.isInteger(left) ? repeat(right, left) : repeat(left, right);
    }
    if (result == Instance.ABSENT) {
      throw new TemplateException(
          "unsupported operand types for %s: '%s' and '%s'"
              .formatted(operator, Types.nameOf(left), Types.nameOf(right)));
    }
    return result;
  }

  private static void failIfUndefined(Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
  }

  private Object concatenate(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      budget.make((long) a.length() + b.length());
      return a + b;
    }
    if (left instanceof Markup || right instanceof Markup) {
      budget.make(Cost.of(left) + Cost.of(right));
      return Markup.concatenate(left, right);
    }
    boolean sameKind = Types.nameOf(left).equals(Types.nameOf(right));
    boolean joined = sameKind && !(left instanceof Range);
    if (left instanceof List<?> a && right instanceof List<?> b && joined) {
      budget.make((long) a.size() + b.size());
      List<Object> both = new ArrayList<>(a);
      both.addAll(b);
      return left instanceof Tuple ? Tuple.copyOf(both) : both;
    }
    return Instance.ABSENT;
  }

  private Object repeat(Object value, Object times) {
    if (!Types.isInteger(times)) {
      return Instance.ABSENT;
    }
    if (value instanceof Markup markup) {
      return Markup.marked(repeat(markup.text(), times));
    }
    int count = (int) Math.max(0, Math.min(Integer.MAX_VALUE, Types.toLong(times)));
    if (value instanceof String text) {
      budget.make((long) text.length() * count);
      return text.repeat(text.isEmpty() ? 0 : count);
    }
    if (!(value instanceof List<?> list) || value instanceof Range) {
      return Instance.ABSENT;
    }
    budget.make((long) list.size() * count);
    List<Object> repeated = new ArrayList<>();
    for (int i = 0; i < count && !list.isEmpty(); i++) {
      repeated.addAll(list);
    }
    return value instanceof Tuple ? Tuple.copyOf(repeated) : repeated;
  }
}
