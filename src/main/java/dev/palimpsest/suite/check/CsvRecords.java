package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes comma-separated values apart as RFC 4180 has them: a field is plain, without quotes in it,
 * or wholly in quotes, in which "" stands for one quote and line breaks are text.
 */
public final class CsvRecords {
  private final String text;
  private final char delimiter;
  private final List<Entry> entries = new ArrayList<>();
  private int at;
  private int line = 1;

  private CsvRecords(String text, char delimiter) {
    this.text = text;
    this.delimiter = delimiter;
  }

  /**
   * One record.
   *
   * @param line where it begins, from 1
   * @param fields at least one, quotes taken off
   */
  public record Entry(int line, List<String> fields) {
    public Entry {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Reads all records; line breaks are LF, CRLF or CR, and the last record needs none.
   *
   * @throws MalformedException at the first place that is no CSV
   */
  public static List<Entry> read(String text, char delimiter) throws MalformedException {
    CsvRecords records = new CsvRecords(text, delimiter);
    while (records.at < text.length()) {
      records.entry();
    }
    return records.entries;
  }

  private void entry() throws MalformedException {
    int begun = line;
    List<String> fields = new ArrayList<>();
    do {
      fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
    } while (at < text.length() && text.charAt(at) == delimiter && at++ >= 0);
    if (at < text.length() && !atBreak()) {
      throw new MalformedException(line, "text after a closing quote");
    }
    skipBreak();
    entries.add(new Entry(begun, fields));
  }

  private String plain() throws MalformedException {
    int start = at;
    while (at < text.length() && text.charAt(at) != delimiter && !atBreak()) {
      if (text.charAt(at) == '"') {
        throw new MalformedException(line, "a quote within a field that has none around it");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() throws MalformedException {
    int begun = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
        at++;
        return field.toString();
      }
      if (c == '\n' || (c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n'))) {
        line++;
      }
      field.append(c);
      at += c == '"' ? 2 : 1;
    }
    throw new MalformedException(begun, "a quote that is never closed");
  }

  private boolean atBreak() {
    return text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }

  private void skipBreak() {
    if (at < text.length()) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      line++;
    }
  }

  /** A place that is no CSV. */
  public static final class MalformedException extends Exception {
    private final int line;

    MalformedException(int line, String found) {
      super(found);
      this.line = line;
    }

    /** Returns the line, from 1. */
    public int line() {
      return line;
    }
  }
}
