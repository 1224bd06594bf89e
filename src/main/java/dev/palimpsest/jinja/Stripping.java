package dev.palimpsest.jinja;

import java.util.BitSet;

/** Taking characters or affixes from the ends of a text. */
final class Stripping {
  private Stripping() {}

  static String strip(String text, Arguments arguments, boolean start, boolean end) {
    Object characters = arguments.bindPositional("strip", "chars").get(0, null);
    return stripCharacters(text, characters, start, end);
  }

  /** Strips the given characters, or whitespace if they are null. */
  static String stripCharacters(String text, Object characters, boolean start, boolean end) {
    if (characters == null) {
      String stripped = end ? PythonText.stripEnd(text) : text;
      return start ? PythonText.stripStart(stripped) : stripped;
    }
    String given = Types.toText(characters, "the argument of strip()");
    BitSet set = new BitSet();
    given.codePoints().forEach(set::set);
    int from = 0;
    int to = text.length();
    while (start && from < to && set.get(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (end && to > from && set.get(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  static String removePrefix(String text, Arguments arguments) {
    String prefix = arguments.bindPositional("removeprefix", "prefix").text(0);
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  static String removeSuffix(String text, Arguments arguments) {
    String suffix = arguments.bindPositional("removesuffix", "suffix").text(0);
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
