package dev.palimpsest.suite.check;

import java.util.List;

/** Counts sections: lines that begin with a marker and a running number, such as "SECTION 2". */
record Sections(String marker, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    int count = 0;
    for (String line : Text.lines(text)) {
      List<String> words = Text.words(line);
      if (words.size() >= 2 && words.get(0).equals(marker)) {
        if (!words.get(1).equals(String.valueOf(count + 1))) {
          return CheckResult.failed(
              marker + " " + words.get(1) + " where " + (count + 1) + " belongs");
        }
        count++;
      }
    }
    return range.judge(count, "section");
  }
}
