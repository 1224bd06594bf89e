package dev.palimpsest.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The methods of str. */
final class TextMethods {
  /** One method: the text it is called on and its arguments. */
  private interface Method {
    Object call(Rendering rendering, String text, Arguments arguments);
  }

  private static final Map<String, Method> METHODS = new HashMap<>();

  static {
    plain("upper", s -> s.toUpperCase(Locale.ROOT));
    plain("lower", s -> s.toLowerCase(Locale.ROOT));
    plain("casefold", s -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    plain("title", s -> Letters.title(s));
    plain("capitalize", s -> Letters.capitalize(s));
    plain("swapcase", s -> Letters.swapCase(s));
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
    plain("isdigit", s -> Letters.all(s, Character::isDigit));
    plain("isdecimal", s -> Letters.all(s, Character::isDigit));
    plain("isnumeric", s -> Letters.all(s, Letters::isNumeric));
    plain("isalpha", s -> Letters.all(s, Character::isLetter));
    plain("isalnum", s -> Letters.all(s, c -> Character.isLetter(c) || Letters.isNumeric(c)));
    plain("isspace", s -> Letters.all(s, PythonText::isSpace));
    plain("isascii", s -> s.chars().allMatch(c -> c < 128));
    plain("isprintable", s -> s.codePoints().allMatch(Printer::isPrintable));
    plain("isidentifier", s -> Letters.isIdentifier(s));
    METHODS.put("expandtabs", (r, s, a) -> Padding.tabs(r, s, a));
    plain("isupper", s -> Letters.isUpper(s));
    plain("islower", s -> Letters.isLower(s));
    plain(
        "istitle", s -> Letters.isLower(s.toLowerCase(Locale.ROOT)) && Letters.title(s).equals(s));
  }

  private TextMethods() {}

  private static void plain(String name, Function<String, Object> method) {
    METHODS.put(
        name,
        (rendering, text, arguments) -> {
          arguments.bindPositional(name);
          return method.apply(text);
        });
  }

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
