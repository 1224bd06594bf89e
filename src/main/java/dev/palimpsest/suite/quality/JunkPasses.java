package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.check.Rules;
import dev.palimpsest.suite.instruction.InstructionItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many instructions a text passes that is no answer, kind by kind. */
final class JunkPasses {
  private static final double MOST_PASSED = 0.02;

  private JunkPasses() {}

  static List<Finding> of(Suite suite) {
    List<InstructionItem> items = items(suite);
    if (items.isEmpty()) {
      return List.of();
    }
    // By family, and in it by variant, the items that it passes.
    Map<String, Map<String, List<String>>> passed = new TreeMap<>();
    for (InstructionItem item : items) {
      Junk.of(item).forEach((variant, text) -> note(passed, item, variant, text));
    }
    return passed.entrySet().stream()
        .map(family -> finding(family.getKey(), family.getValue(), items.size()))
        .toList();
  }

  /** IFEval's rules let an echo pass where its reference program does. */
  static List<InstructionItem> items(Suite suite) {
    return suite.items().stream()
        .filter(InstructionItem.class::isInstance)
        .map(InstructionItem.class::cast)
        .filter(item -> item.rules() == Rules.OWN)
        .toList();
  }

  static boolean passes(InstructionItem item, String text) {
    return item.grade(new ModelAnswer.Text(text, 1, true)).value() > 0;
  }

  private static void note(
      Map<String, Map<String, List<String>>> passed,
      InstructionItem item,
      String variant,
      String text) {
    String family = variant.substring(0, variant.indexOf(':'));
    List<String> ids =
        passed
            .computeIfAbsent(family, any -> new TreeMap<>())
            .computeIfAbsent(variant, any -> new ArrayList<>());
    if (passes(item, text)) {
      ids.add(item.id());
    }
  }

  private static Finding finding(String family, Map<String, List<String>> variants, int items) {
    Map.Entry<String, List<String>> worst =
        variants.entrySet().stream()
            .max(Comparator.comparingInt(variant -> variant.getValue().size()))
            .orElseThrow();
    return Finding.atMost(
        "junk passes: " + family,
        (double) worst.getValue().size() / items,
        MOST_PASSED,
        List.of(worst.getKey().strip() + ": " + String.join(", ", firstOf(worst.getValue()))));
  }

  private static List<String> firstOf(List<String> ids) {
    return ids.subList(0, Math.min(8, ids.size()));
  }
}
