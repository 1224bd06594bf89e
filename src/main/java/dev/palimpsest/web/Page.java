package dev.palimpsest.web;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param rows of this page
 * @param number of this page, from 1
 * @param pages there are, at least 1
 * @param total rows over all pages
 * @param query the list's address
 */
public record Page<T>(List<T> rows, int number, int pages, int total, Query query) {
  private static final int SIZE = 50;

  /** Returns the page that the query asks for; the last one if it asks for more. */
  static <T> Page<T> of(List<T> all, Query query) {
    int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
    int number = Math.min(query.page(), pages);
    int from = (number - 1) * SIZE;
    List<T> rows = all.subList(from, Math.min(from + SIZE, all.size()));
    return new Page<>(List.copyOf(rows), number, pages, all.size(), query);
  }

  /** Reads the part of a page. */
  interface Part<T> {
    List<T> read(int from, int size);
  }

  /** Returns the page that the query asks for of a list that is read in parts. */
  static <T> Page<T> of(int total, Query query, Part<T> part) {
    int pages = Math.max(1, (total + SIZE - 1) / SIZE);
    int number = Math.min(query.page(), pages);
    return new Page<>(part.read((number - 1) * SIZE, SIZE), number, pages, total, query);
  }

  /** Returns the address of another page. */
  public String url(int other) {
    return query.with("page", other == 1 ? "" : Integer.toString(other)).url();
  }
}
