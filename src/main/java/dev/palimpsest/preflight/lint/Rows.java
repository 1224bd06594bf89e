package dev.palimpsest.preflight.lint;

import java.util.ArrayList;
import java.util.List;

/** Counts rows and keeps the numbers of the first few. */
final class Rows {
  private static final int EXAMPLES = 5;

  private final List<Integer> examples = new ArrayList<>();
  private long count;

  void add(int row) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(row);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  long count() {
    return count;
  }

  List<Integer> examples() {
    return examples;
  }

  /** Returns "1 row" or "7 rows". */
  String words() {
    return count == 1 ? "1 row" : count + " rows";
  }

  LintFinding finding(String id, LintFinding.Severity severity, String sentence, String advice) {
    return new LintFinding(id, severity, count, examples, sentence, advice);
  }
}
