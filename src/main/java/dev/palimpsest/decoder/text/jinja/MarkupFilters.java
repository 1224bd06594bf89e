package dev.palimpsest.decoder.text.jinja;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Filters for HTML and URLs; chat templates use them rarely. */
final class MarkupFilters {
  private static final Pattern TAG = Pattern.compile("<!--.*?-->|<[^>]*>", Pattern.DOTALL);
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String UNRESERVED = "_.-~";

  private MarkupFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    filters.put("escape", (r, v, a) -> escape(r.print(v)));
    filters.put("e", (r, v, a) -> escape(r.print(v)));
    filters.put("forceescape", (r, v, a) -> escape(r.print(v)));
    filters.put("safe", (r, v, a) -> r.print(v));
    filters.put("striptags", (r, v, a) -> withoutTags(r.print(v)));
    filters.put("urlencode", MarkupFilters::urlEncode);
    filters.put("xmlattr", MarkupFilters::attributes);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String withoutTags(String text) {
    String stripped = TextFilters.replaceAll(TAG, text, "");
    return TextFilters.replaceAll(SPACES, stripped, " ").strip();
  }

  private static Object urlEncode(Rendering rendering, Object value, Arguments arguments) {
    if (value instanceof String || !Sequences.isIterable(value)) {
      return quote(rendering.print(value), "/");
    }
    List<Object> pairs =
        value instanceof Map<?, ?> map ? CollectionMethods.items(map) : Sequences.list(value);
    Output query = new Output(rendering.budget());
    for (Object pair : pairs) {
      query.write(query.text().isEmpty() ? "" : "&");
      query.write(queryPart(rendering, Sequences.at(pair, 0)) + "=");
      query.write(queryPart(rendering, Sequences.at(pair, 1)));
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
            String attribute = escape(rendering.print(name));
            written.write(" " + attribute + "=\"" + escape(rendering.print(content)) + "\"");
          }
        });
    boolean leadingBlank = Python.isTrue(arguments.bind("xmlattr", "autospace").get(0, true));
    return leadingBlank ? written.text() : written.text().strip();
  }
}
