package dev.palimpsest.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that make a text of their value. */
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String BEFORE_WORD = "-({[<";

  private TextFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    Filters.plain(filters, "string", (r, v) -> v instanceof Markup ? v : r.print(v));
    Filters.plain(filters, "upper", (r, v) -> r.print(v).toUpperCase(Locale.ROOT));
    Filters.plain(filters, "lower", (r, v) -> r.print(v).toLowerCase(Locale.ROOT));
    Filters.plain(filters, "capitalize", (r, v) -> Letters.capitalize(r.print(v)));
    Filters.plain(filters, "title", (r, v) -> title(r.print(v)));
    filters.put("trim", (r, v, a) -> trim(r.print(v), a));
    filters.put("replace", TextFilters::replace);
    filters.put("join", TextFilters::join);
    filters.put("center", TextFilters::center);
    filters.put("indent", TextFilters::indent);
    filters.put("truncate", TextFilters::truncate);
    filters.put("format", TextFilters::format);
    Filters.plain(filters, "wordcount", (r, v) -> WORD.matcher(r.print(v)).results().count());
    filters.put("tojson", TextFilters::tojson);
    Filters.plain(filters, "pprint", (r, v) -> pretty(r, v));
  }

  /** Starts a word after blanks, brackets and hyphens, which str.title does not. */
  private static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean start = true;
    for (int c : text.codePoints().toArray()) {
      String letter = Character.toString(c);
      titled.append(start ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
      start = PythonText.isSpace(c) || BEFORE_WORD.indexOf(c) >= 0;
    }
    return titled.toString();
  }

  /** Python sorts and breaks what it prints in this way; only what it leaves alone is done. */
  private static String pretty(Rendering rendering, Object value) {
    String text = Printer.repr(rendering.budget(), value);
    if (text.length() > 80 || text.indexOf('{') >= 0) {
      throw new TemplateException("pprint of a dict or a long value is not supported; use tojson");
    }
    return text;
  }

  private static Object trim(String text, Arguments arguments) {
    return Stripping.stripCharacters(
        text, arguments.bind("trim", "chars").get(0, null), true, true);
  }

  private static Object replace(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("replace", "old", "new", "count");
    long most = bound.get(2, null) == null ? -1 : bound.integer(2, -1);
    return Replacing.replace(
        rendering.budget(),
        rendering.print(value),
        rendering.print(bound.required(0)),
        rendering.print(bound.required(1)),
        most);
  }

  private static Object join(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("join", "d", "attribute");
    String separator = rendering.print(bound.get(0, ""));
    AttributePath path = AttributePath.of(bound.get(1, null));
    Output joined = new Output(rendering.budget());
    Iterator<Object> items = Sequences.iterator(value);
    while (items.hasNext()) {
      joined.write(rendering.print(path.get(rendering, items.next())));
      joined.write(items.hasNext() ? separator : "");
    }
    return joined.text();
  }

  private static Object center(Rendering rendering, Object value, Arguments arguments) {
    long width = arguments.bind("center", "width").integer(0, 80);
    return Padding.center(rendering.budget(), rendering.print(value), width, " ");
  }

  private static Object indent(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("indent", "width", "first", "blank");
    Object width = bound.get(0, 4L);
    String indention =
        width instanceof String given
            ? given
            : Padding.fill(rendering.budget(), Math.max(0, Types.toLong(width)), " ");
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    boolean blank = Python.isTrue(bound.get(2, false));
    List<Object> lines =
        Splitting.lines(Types.toText(value, "the value of indent") + "\n", Arguments.NONE);
    Output indented = new Output(rendering.budget());
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean indents = i == 0 ? Python.isTrue(bound.get(1, false)) : blank || !line.isEmpty();
      indented.write(i == 0 ? "" : "\n");
      indented.write(indents ? indention : "");
      indented.write(line);
    }
    return indented.text();
  }

  private static Object truncate(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
    String end = bound.text(2, "...");
    long length = bound.integer(0, 255);
    long leeway = bound.get(3, null) == null ? 5 : bound.integer(3, 5);
    if (length < PythonText.length(end) || leeway < 0) {
      throw new TemplateException("truncate() needs a length of at least that of its end");
    }
    if (Sequences.length(value) <= length + leeway) {
      return value;
    }
    boolean marked = value instanceof Markup;
    String text = Types.toText(value, "the value of truncate");
    int kept = (int) (length - PythonText.length(end));
    String cut = text.substring(0, text.offsetByCodePoints(0, kept));
    int blank = cut.lastIndexOf(' ');
    boolean cutsWords = Python.isTrue(bound.get(1, false));
    String shortened = cutsWords || blank < 0 ? cut : cut.substring(0, blank);
    return marked ? new Markup(shortened + Markup.escape(end)) : shortened + end;
  }

  private static Object format(Rendering rendering, Object value, Arguments arguments) {
    boolean named = !arguments.named().isEmpty();
    if (named && !arguments.positional().isEmpty()) {
      throw new TemplateException("format() takes positional or named arguments, not both");
    }
    Object values = named ? Map.copyOf(arguments.named()) : Tuple.copyOf(arguments.positional());
    return value instanceof Markup markup
        ? PercentFormat.escaping(rendering, markup, values)
        : PercentFormat.format(rendering, rendering.print(value), values);
  }

  private static Object tojson(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound =
        arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
    String indent = indention(rendering, bound.get(1, null));
    String itemSeparator = indent == null ? ", " : ",";
    String keySeparator = ": ";
    if (bound.get(2, null) != null) {
      List<Object> separators = Sequences.list(bound.required(2));
      if (separators.size() != 2) {
        throw new TemplateException("tojson() needs two separators, for items and for keys");
      }
      itemSeparator = Types.toText(separators.get(0), "a separator of tojson()");
      keySeparator = Types.toText(separators.get(1), "a separator of tojson()");
    }
    JsonPrinter.Options options =
        new JsonPrinter.Options(
            Python.isTrue(bound.get(0, false)),
            indent,
            itemSeparator,
            keySeparator,
            Python.isTrue(bound.get(3, false)));
    return JsonPrinter.print(rendering.python(), rendering.budget(), value, options);
  }

  private static String indention(Rendering rendering, Object indent) {
    if (indent == null || indent instanceof String) {
      return (String) indent;
    }
    return Padding.fill(rendering.budget(), Math.max(0, Types.toLong(indent)), " ");
  }

  /** Returns the text with every match replaced by a fixed one. */
  static String replaceAll(Pattern pattern, String text, String by) {
    return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(by));
  }
}
