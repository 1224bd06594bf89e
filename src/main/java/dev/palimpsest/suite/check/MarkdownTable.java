package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for a Markdown table: a header, a rule of dashes, and some rows, all of some columns. */
record MarkdownTable(int columns, int rows) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> table = Text.lines(text).stream().filter(line -> line.contains("|")).toList();
    int rule = rule(table);
    if (rule < 1) {
      return CheckResult.failed("has no table with a header and a rule of dashes");
    }
    int found = table.size() - rule - 1;
    boolean even = table.stream().allMatch(line -> cells(line) == columns);
    return CheckResult.of(
        even && found == rows,
        "has a table of " + columns + " columns and " + rows + " rows",
        "has a table of "
            + cells(table.get(0))
            + " columns and "
            + found
            + " rows, expected "
            + columns
            + " and "
            + rows);
  }

  private static int rule(List<String> table) {
    for (int i = 0; i < table.size(); i++) {
      if (table.get(i).matches("[|:\\- ]+") && table.get(i).contains("-")) {
        return i;
      }
    }
    return -1;
  }

  private static int cells(String line) {
    String inner = line.replaceAll("^\\|", "").replaceAll("\\|$", "");
    return inner.split("\\|", -1).length;
  }
}
