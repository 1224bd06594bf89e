package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.instruction.InstructionItem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether instructions that ask for yes or no know which of the two is right. */
final class YesOrNo {
  private static final Pattern ASKED =
      Pattern.compile("\\b(?:yes or no|yes/no|no or yes)\\b", Pattern.CASE_INSENSITIVE);

  private YesOrNo() {}

  static List<Finding> of(Suite suite) {
    List<InstructionItem> asked =
        JunkPasses.items(suite).stream().filter(YesOrNo::isAsked).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    List<String> unsure =
        asked.stream()
            .filter(YesOrNo::acceptsTheWrongOne)
            .map(item -> item.id() + ": " + item.prompt())
            .toList();
    long yes = asked.stream().filter(item -> right(item).equals(Optional.of("yes"))).count();
    return List.of(
        Finding.none(
            "yes or no without knowing which",
            "%d of %d (yes is right in %d)".formatted(unsure.size(), asked.size(), yes),
            unsure));
  }

  private static boolean isAsked(InstructionItem item) {
    return right(item).isPresent() || ASKED.matcher(item.prompt()).find();
  }

  private static boolean acceptsTheWrongOne(InstructionItem item) {
    return right(item)
        .map(answer -> JunkPasses.passes(item, answer.equals("yes") ? "No." : "Yes."))
        .orElse(true);
  }

  private static Optional<String> right(InstructionItem item) {
    return item.checks().stream()
        .filter(check -> check.name().equals("yes_no"))
        .map(check -> check.definition().path("answer").asText())
        .findFirst();
  }
}
