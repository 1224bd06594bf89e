package dev.palimpsest.jinja;

import java.util.List;
import java.util.function.BiPredicate;

/** Finding one text in another; positions count code points. */
final class Searching {
  private Searching() {}

  static boolean hasAffix(
      String text, Arguments arguments, String function, BiPredicate<String, String> test) {
    Arguments.Bound bound = arguments.bindPositional(function, "affix", "start", "end");
    Object affix = bound.required(0);
    boolean beyond = isBeyond(text, bound);
    String part = beyond ? "" : part(text, bound);
    List<Object> affixes = affix instanceof Tuple several ? several : List.of(orNone(affix));
    return affixes.stream()
        .anyMatch(
            each ->
                test.test(part, Types.toText(each, "the argument of " + function + "()"))
                    && !beyond);
  }

  /** Beyond the end there is not even the empty text. */
  private static boolean isBeyond(String text, Arguments.Bound bound) {
    return bound.get(1, null) != null && offset(bound, 1, text) > offset(bound, 2, text);
  }

  private static long offset(Arguments.Bound bound, int index, String text) {
    long length = PythonText.length(text);
    long given = bound.get(index, null) == null ? length : bound.integer(index, 0);
    long fromStart = given < 0 ? Math.max(0, given + length) : given;
    return index == 2 ? Math.min(length, fromStart) : fromStart;
  }

  private static Object orNone(Object affix) {
    return affix == null ? new Undefined("None") : affix;
  }

  /** Returns the part of the text that optional start and end arguments leave. */
  private static String part(String text, Arguments.Bound bound) {
    return bound.get(1, null) == null && bound.get(2, null) == null
        ? text
        : (String) Sequences.slice(text, bound.get(1, null), bound.get(2, null), null);
  }

  static long find(String text, Arguments arguments) {
    return search("find", text, arguments, false);
  }

  static long findFromEnd(String text, Arguments arguments) {
    return search("rfind", text, arguments, true);
  }

  static long index(String text, Arguments arguments) {
    return found(search("index", text, arguments, false));
  }

  static long indexFromEnd(String text, Arguments arguments) {
    return found(search("rindex", text, arguments, true));
  }

  private static long found(long position) {
    if (position < 0) {
      throw new TemplateException("the text is not found");
    }
    return position;
  }

  private static long search(String function, String text, Arguments arguments, boolean fromEnd) {
    Arguments.Bound bound = arguments.bindPositional(function, "sub", "start", "end");
    String sought = bound.text(0);
    if (isBeyond(text, bound)) {
      return -1;
    }
    String part = part(text, bound);
    int at = fromEnd ? part.lastIndexOf(sought) : part.indexOf(sought);
    return at < 0 ? -1 : part.codePointCount(0, at) + offset(text, bound);
  }

  private static long offset(String text, Arguments.Bound bound) {
    if (bound.get(1, null) == null) {
      return 0;
    }
    long length = PythonText.length(text);
    long start = bound.integer(1, 0);
    return Math.max(0, Math.min(length, start < 0 ? start + length : start));
  }

  static long count(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("count", "sub", "start", "end");
    return isBeyond(text, bound) ? 0 : Replacing.occurrences(part(text, bound), bound.text(0));
  }
}
