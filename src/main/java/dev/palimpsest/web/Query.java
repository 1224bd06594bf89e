package dev.palimpsest.web;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The view state of a page, all of it in the address: what was asked for, and links that change a
 * part of it.
 */
final class Query {
  private static final int MAX_LENGTH = 200;

  private final String path;
  private final Map<String, String> values;

  private Query(String path, Map<String, String> values) {
    this.path = path;
    this.values = values;
  }

  /** Returns the query of an address without parameters. */
  static Query none(String path) {
    return new Query(path, Map.of());
  }

  /**
   * Reads the named parameters of a request; others are not looked at, repeated ones count once.
   */
  static Query of(Context ctx, String path, String... names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      String value = Optional.ofNullable(ctx.queryParam(name)).orElse("").strip();
      values.put(name, value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value);
    }
    return new Query(path, values);
  }

  /** Returns a parameter, "" if it was not given. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Returns a page number, 1 if it was not given or makes no sense. */
  int page() {
    String page = get("page");
    return page.matches("[1-9]\\d{0,6}") ? Integer.parseInt(page) : 1;
  }

  /** Returns a query that differs in one parameter. */
  Query with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Query(path, changed);
  }

  /** Returns a query for another page with the same parameters. */
  Query at(String otherPath) {
    return new Query(otherPath, values);
  }

  /** Returns the address. */
  String url() {
    StringBuilder url = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (!value.getValue().isEmpty()) {
        url.append(separator).append(value.getKey()).append('=').append(encode(value.getValue()));
        separator = '&';
      }
    }
    return url.toString();
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
