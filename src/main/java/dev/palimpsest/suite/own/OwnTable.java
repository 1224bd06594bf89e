package dev.palimpsest.suite.own;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.EditDistance;
import dev.palimpsest.Json;
import dev.palimpsest.JsonLines;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.check.CsvRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Takes a pasted text apart into rows: JSON objects, one a line, or a table whose first line names
 * the columns, with tabs, commas or semicolons between them and quotes as RFC 4180 has them.
 */
final class OwnTable {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_ROWS = 200_000;

  private final OwnKind kind;
  private final SuiteDraft draft;

  OwnTable(OwnKind kind, SuiteDraft draft) {
    this.kind = kind;
    this.draft = draft;
  }

  /**
   * A row.
   *
   * @param line where it begins, from 1
   * @param number among the rows, from 1
   * @param fields by column; what is empty in a table is not there
   */
  record Row(int line, int number, ObjectNode fields) {}

  /** Returns the rows; what is none is told to the draft. */
  List<Row> rows(String typed) {
    String text = typed.startsWith("\uFEFF") ? typed.substring(1) : typed;
    text = text.replace("\r\n", "\n");
    return text.stripLeading().startsWith("{") ? objects(text) : table(text);
  }

  private List<Row> objects(String text) {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank() || isTooMany(rows.size(), number)) {
        continue;
      }
      int at = number;
      JsonLines reader =
          new JsonLines(
              LONGEST_LINE,
              (none, found, expected) -> new SuiteException("", at, "", found, expected));
      try {
        ObjectNode object = reader.whole(line.strip().getBytes(StandardCharsets.UTF_8));
        rows.add(new Row(number, rows.size() + 1, object));
      } catch (SuiteException fault) {
        draft.refuse(number, "", fault.found(), fault.expected());
      }
    }
    return rows;
  }

  private boolean isTooMany(int rows, int line) {
    if (rows == MOST_ROWS) {
      draft.refuse(line, "", "more than " + MOST_ROWS + " rows", "at most as many");
    }
    return rows >= MOST_ROWS;
  }

  private List<Row> table(String text) {
    List<CsvRecords.Entry> records = records(text);
    if (records.isEmpty()) {
      return List.of();
    }
    List<String> columns = records.get(0).fields().stream().map(OwnTable::column).toList();
    if (!areKnown(columns, records.get(0).line())) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    for (CsvRecords.Entry entry : records.subList(1, records.size())) {
      if (!isTooMany(rows.size(), entry.line()) && fits(entry, columns)) {
        rows.add(new Row(entry.line(), rows.size() + 1, fields(entry, columns)));
      }
    }
    return rows;
  }

  /** Returns the records that are not blank. */
  private List<CsvRecords.Entry> records(String text) {
    try {
      return CsvRecords.read(text, delimiter(text)).stream()
          .filter(entry -> entry.fields().stream().anyMatch(field -> !field.isBlank()))
          .toList();
    } catch (CsvRecords.MalformedException e) {
      draft.refuse(
          e.line(),
          "",
          e.getMessage(),
          "cells as in RFC 4180: one with quotes stands in quotes, and each quote in it is doubled");
      return List.of();
    }
  }

  /** A table copied out of a spreadsheet has tabs; one saved there has commas or semicolons. */
  private static char delimiter(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (header.indexOf('\t') >= 0) {
      return '\t';
    }
    return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
  }

  private static String column(String heading) {
    String name = heading.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    return name.equals("maxtokens") ? "max_tokens" : name;
  }

  private boolean areKnown(List<String> columns, int line) {
    boolean known = true;
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      if (columns.indexOf(name) < i && !name.isEmpty()) {
        draft.refuse(line, name, "a second column of that name", "columns that all differ");
        known = false;
      } else if (!name.isEmpty() && !kind.columns().contains(name)) {
        draft.refuse(line, name, "a column that is not known", expected(name));
        known = false;
      }
    }
    for (String name : kind.needed()) {
      if (!columns.contains(name)) {
        draft.refuse(line, name, "no such column", "a first line that names it");
        known = false;
      }
    }
    return known;
  }

  private String expected(String name) {
    String closest =
        kind.columns().stream()
            .min(Comparator.comparingInt(one -> EditDistance.between(one, name)))
            .orElseThrow();
    return "a column of " + kind.label() + " items, perhaps " + closest + ", or none";
  }

  private boolean fits(CsvRecords.Entry entry, List<String> columns) {
    for (int i = 0; i < entry.fields().size(); i++) {
      boolean named = i < columns.size() && !columns.get(i).isEmpty();
      if (!named && !entry.fields().get(i).isBlank()) {
        draft.refuse(
            entry.line(),
            "",
            entry.fields().size() + " cells",
            "nothing beyond the " + columns.size() + " columns; quote a cell with a comma in it");
        return false;
      }
    }
    return true;
  }

  private static ObjectNode fields(CsvRecords.Entry entry, List<String> columns) {
    ObjectNode fields = Json.mapper().createObjectNode();
    for (int i = 0; i < Math.min(columns.size(), entry.fields().size()); i++) {
      String cell = entry.fields().get(i).strip();
      if (!columns.get(i).isEmpty() && !cell.isEmpty()) {
        fields.put(columns.get(i), cell);
      }
    }
    return fields;
  }
}
