package dev.palimpsest.decoder.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods of str. */
final class TextMethods {
  /** One method: the text it is called on and its arguments. */
  private interface Method {
    Object call(Rendering rendering, String text, Arguments arguments);
  }

  private static final Map<String, Method> METHODS = new HashMap<>();

  static {
    METHODS.put("upper", (r, s, a) -> s.toUpperCase(Locale.ROOT));
    METHODS.put("lower", (r, s, a) -> s.toLowerCase(Locale.ROOT));
    METHODS.put("casefold", (r, s, a) -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    METHODS.put("title", (r, s, a) -> Letters.title(s));
    METHODS.put("capitalize", (r, s, a) -> Letters.capitalize(s));
    METHODS.put("swapcase", (r, s, a) -> Letters.swapCase(s));
    METHODS.put("strip", (r, s, a) -> Stripping.strip(s, a, true, true));
    METHODS.put("lstrip", (r, s, a) -> Stripping.strip(s, a, true, false));
    METHODS.put("rstrip", (r, s, a) -> Stripping.strip(s, a, false, true));
    METHODS.put("removeprefix", (r, s, a) -> Stripping.removePrefix(s, a));
    METHODS.put("removesuffix", (r, s, a) -> Stripping.removeSuffix(s, a));
    METHODS.put("split", (r, s, a) -> Splitting.split(s, a));
    METHODS.put("rsplit", (r, s, a) -> Splitting.splitFromEnd(s, a));
    METHODS.put("splitlines", (r, s, a) -> Splitting.lines(s, a));
    METHODS.put("partition", (r, s, a) -> Splitting.partition(s, a));
    METHODS.put("rpartition", (r, s, a) -> Splitting.partitionFromEnd(s, a));
    METHODS.put("replace", TextMethods::replace);
    METHODS.put("join", TextMethods::join);
    METHODS.put("format", (r, s, a) -> BraceFormat.format(r, s, a));
    METHODS.put(
        "startswith", (r, s, a) -> Searching.hasAffix(s, a, "startswith", String::startsWith));
    METHODS.put("endswith", (r, s, a) -> Searching.hasAffix(s, a, "endswith", String::endsWith));
    METHODS.put("find", (r, s, a) -> Searching.find(s, a));
    METHODS.put("rfind", (r, s, a) -> Searching.findFromEnd(s, a));
    METHODS.put("index", (r, s, a) -> Searching.index(s, a));
    METHODS.put("rindex", (r, s, a) -> Searching.indexFromEnd(s, a));
    METHODS.put("count", (r, s, a) -> Searching.count(s, a));
    METHODS.put("ljust", (r, s, a) -> Padding.left(r, s, a));
    METHODS.put("rjust", (r, s, a) -> Padding.right(r, s, a));
    METHODS.put("center", (r, s, a) -> Padding.center(r, s, a));
    METHODS.put("zfill", (r, s, a) -> Padding.zeros(r, s, a));
    METHODS.put("isdigit", (r, s, a) -> Letters.all(s, Character::isDigit));
    METHODS.put("isdecimal", (r, s, a) -> Letters.all(s, Character::isDigit));
    METHODS.put("isnumeric", (r, s, a) -> Letters.all(s, Letters::isNumeric));
    METHODS.put("isalpha", (r, s, a) -> Letters.all(s, Character::isLetter));
    METHODS.put(
        "isalnum", (r, s, a) -> Letters.all(s, c -> Character.isLetter(c) || Letters.isNumeric(c)));
    METHODS.put("isspace", (r, s, a) -> Letters.all(s, PythonText::isSpace));
    METHODS.put("isascii", (r, s, a) -> s.chars().allMatch(c -> c < 128));
    METHODS.put("isprintable", (r, s, a) -> s.codePoints().allMatch(Printer::isPrintable));
    METHODS.put("isidentifier", (r, s, a) -> Letters.isIdentifier(s));
    METHODS.put("expandtabs", (r, s, a) -> Padding.tabs(r, s, a));
    METHODS.put("isupper", (r, s, a) -> Letters.isUpper(s));
    METHODS.put("islower", (r, s, a) -> Letters.isLower(s));
    METHODS.put(
        "istitle",
        (r, s, a) -> Letters.isLower(s.toLowerCase(Locale.ROOT)) && Letters.title(s).equals(s));
  }

  private TextMethods() {}

  static Object find(Rendering rendering, String text, String name) {
    Method method = METHODS.get(name);
    return method == null
        ? Instance.ABSENT
        : (Callable)
            arguments -> {
              rendering.budget().work(Cost.of(text, arguments));
              return method.call(rendering, text, arguments);
            };
  }

  private static Object replace(Rendering rendering, String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("replace", "old", "new", "count");
    return Replacing.replace(
        rendering.budget(), text, bound.text(0), bound.text(1), bound.integer(2, -1));
  }

  private static Object join(Rendering rendering, String separator, Arguments arguments) {
    List<Object> items = Sequences.list(arguments.bindPositional("join", "iterable").required(0));
    Output joined = new Output(rendering.budget());
    for (int i = 0; i < items.size(); i++) {
      joined.write(i == 0 ? "" : separator);
      joined.write(Types.toText(items.get(i), "item " + i + " of join()"));
    }
    return joined.text();
  }
}
