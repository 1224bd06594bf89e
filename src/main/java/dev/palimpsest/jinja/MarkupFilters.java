package dev.palimpsest.jinja;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Filters for HTML and URLs; chat templates use them rarely. */
final class MarkupFilters {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String UNRESERVED = "_.-~";

  private MarkupFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    Filters.plain(filters, "escape", (r, v) -> new Markup(Markup.escaped(r, v)));
    Filters.plain(filters, "e", (r, v) -> new Markup(Markup.escaped(r, v)));
    Filters.plain(filters, "forceescape", (r, v) -> new Markup(Markup.escape(r.print(v))));
    Filters.plain(filters, "safe", (r, v) -> new Markup(r.print(v)));
    Filters.plain(filters, "striptags", (r, v) -> withoutTags(r.print(v)));
    Filters.plain(filters, "urlencode", MarkupFilters::urlEncode);
    filters.put("xmlattr", MarkupFilters::attributes);
  }

  static String withoutTags(String text) {
    String bare = without(without(text, "<!--", "-->"), "<", ">");
    return unescape(TextFilters.replaceAll(SPACES, bare, " ").strip());
  }

  /** Leaves out all parts between marks; one that does not end stays. */
  private static String without(String text, String open, String close) {
    StringBuilder kept = new StringBuilder();
    int from = 0;
    int at = text.indexOf(open);
    int end = at < 0 ? -1 : text.indexOf(close, at);
    while (end >= 0) {
      kept.append(text, from, at);
      from = end + close.length();
      at = text.indexOf(open, from);
      end = at < 0 ? -1 : text.indexOf(close, at);
    }
    return kept.append(text, from, text.length()).toString();
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static Object urlEncode(Rendering rendering, Object value) {
    if (value instanceof String || !Sequences.isIterable(value)) {
      return quote(rendering.print(value), "/");
    }
    List<Object> pairs =
        value instanceof Map<?, ?> map ? CollectionMethods.items(map) : Sequences.list(value);
    Output query = new Output(rendering.budget());
    String separator = "";
    for (Object item : pairs) {
      List<Object> pair = Sequences.list(item);
      if (pair.size() != 2) {
        throw new TemplateException("urlencode needs pairs of name and value");
      }
      query.write(separator + queryPart(rendering, pair.get(0)) + "=");
      query.write(queryPart(rendering, pair.get(1)));
      separator = "&";
    }
    return query.text();
  }

  private static String queryPart(Rendering rendering, Object value) {
    return quote(rendering.print(value), "").replace("%20", "+");
  }

  private static String quote(String text, String safe) {
    StringBuilder quoted = new StringBuilder();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      int c = value & 0xFF;
      boolean plain =
          c < 128 && (Character.isLetterOrDigit(c) || (UNRESERVED + safe).indexOf(c) >= 0);
      quoted.append(plain ? String.valueOf((char) c) : "%%%02X".formatted(c));
    }
    return quoted.toString();
  }

  private static Object attributes(Rendering rendering, Object value, Arguments arguments) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException("xmlattr needs a dict, not " + Types.nameOf(value));
    }
    Output written = new Output(rendering.budget());
    map.forEach(
        (name, content) -> {
          if (content != null && !(content instanceof Undefined)) {
            String attribute = Markup.escaped(rendering, name);
            written.write(" " + attribute + "=\"" + Markup.escaped(rendering, content) + "\"");
          }
        });
    boolean leadingBlank = Python.isTrue(arguments.bind("xmlattr", "autospace").get(0, true));
    return leadingBlank ? written.text() : written.text().strip();
  }
}
