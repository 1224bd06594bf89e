package dev.palimpsest.suite.check;

import java.text.Collator;
import java.util.List;
import java.util.Locale;

/** The order of a dictionary: accents and case are secondary. */
final class Alphabet {
  private Alphabet() {}

  static CheckResult judge(List<String> entries) {
    Collator order = Collator.getInstance(Locale.ENGLISH);
    for (int i = 1; i < entries.size(); i++) {
      if (order.compare(entries.get(i - 1), entries.get(i)) > 0) {
        return CheckResult.failed(
            "\"" + entries.get(i) + "\" comes after \"" + entries.get(i - 1) + "\"");
      }
    }
    return CheckResult.passed("in alphabetical order");
  }
}
