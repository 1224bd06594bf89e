package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks for comma-separated values (RFC 4180) and nothing else; one code fence is let through.
 *
 * @param columns how many fields every record has
 * @param rows how many records there are, the header aside if one is asked for
 * @param header the fields of the first record; [] where none is asked for
 */
record Csv(int columns, Range rows, char delimiter, List<String> header) implements Check {
  @Override
  public CheckResult test(String text) {
    List<CsvRecords.Entry> records;
    try {
      records = CsvRecords.read(JsonText.withoutFence(text).strip(), delimiter);
    } catch (CsvRecords.MalformedException e) {
      return CheckResult.failed("is no CSV: line " + e.line() + " has " + e.getMessage());
    }
    for (CsvRecords.Entry entry : records) {
      if (entry.fields().size() != columns) {
        return CheckResult.failed(
            "line "
                + entry.line()
                + " has "
                + entry.fields().size()
                + " fields, expected "
                + columns);
      }
    }
    if (records.isEmpty()) {
      return CheckResult.failed("has no record");
    }
    if (header.isEmpty()) {
      return rows.judge(records.size(), "record");
    }
    List<String> first = records.get(0).fields().stream().map(String::strip).toList();
    return first.equals(header)
        ? rows.judge(records.size() - 1, "record")
        : CheckResult.failed("the header is " + first + ", expected " + header);
  }
}
