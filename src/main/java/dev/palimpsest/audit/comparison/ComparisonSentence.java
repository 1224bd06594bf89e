package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.comparison.SuiteComparison.Standing;
import java.util.ArrayList;
import java.util.List;

/** Says a comparison in one sentence. */
final class ComparisonSentence {
  private ComparisonSentence() {}

  static String of(Side left, Side right, List<SuiteComparison> suites) {
    int pairs = suites.stream().mapToInt(one -> one.change().n()).sum();
    if (pairs == 0) {
      return right.arm().name()
          + " and "
          + left.arm().name()
          + " share no items, so there is nothing to compare.";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "worse", with(suites, Standing.WORSE));
    add(parts, "better", with(suites, Standing.BETTER));
    int open = with(suites, Standing.NOT_TOLD_APART).size();
    String beside = right.arm().name() + " beside " + left.arm().name() + ": ";
    if (parts.isEmpty()) {
      return beside + pairs + " shared items do not tell the two apart.";
    }
    String rest =
        open == 0
            ? "."
            : "; not told apart in "
                + (open == 1 ? "one capability" : open + " capabilities")
                + ".";
    return beside + String.join("; ", parts) + rest;
  }

  private static void add(List<String> parts, String word, List<SuiteComparison> suites) {
    if (!suites.isEmpty()) {
      List<String> names = suites.stream().map(ComparisonSentence::named).toList();
      parts.add(word + " in " + joined(names));
    }
  }

  private static List<SuiteComparison> with(List<SuiteComparison> suites, Standing standing) {
    return suites.stream().filter(one -> one.standing() == standing).toList();
  }

  private static String named(SuiteComparison one) {
    return CapabilityName.words(one.capability())
        + " ("
        + Points.signed(one.change().delta())
        + " points, "
        + Points.signed(one.change().interval().low())
        + " to "
        + Points.signed(one.change().interval().high())
        + ")";
  }

  private static String joined(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
