package dev.palimpsest.suite.check;

import java.util.List;

/**
 * How many words each of some lines or sentences should have: so many, or within a range.
 *
 * @param counts one per part; [] where the range holds for every part
 */
record CountList(List<Integer> counts, Range range) {
  static CountList of(Params params) {
    List<Integer> counts = params.integersOrNone("counts");
    return new CountList(counts, counts.isEmpty() ? params.range() : params.rangeOrAny());
  }

  CheckResult judge(List<String> parts, String noun) {
    if (!counts.isEmpty() && parts.size() != counts.size()) {
      return CheckResult.failed(parts.size() + " " + noun + "s, expected " + counts.size());
    }
    for (int i = 0; i < parts.size(); i++) {
      CheckResult result = expected(i).judge(Text.words(parts.get(i)).size(), "word");
      if (!result.passed()) {
        return CheckResult.failed(noun + " " + (i + 1) + " has " + result.explanation());
      }
    }
    return CheckResult.passed("every " + noun + " has as many words as asked");
  }

  private Range expected(int part) {
    return counts.isEmpty() ? range : new Range(counts.get(part), counts.get(part));
  }
}
