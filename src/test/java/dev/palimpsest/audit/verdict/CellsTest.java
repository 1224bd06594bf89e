package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Items a to f: what each arm has right, in each of the ways in which it was asked. */
final class CellsTest {
  private static final String SUITE = "knowledge";

  private final Map<String, Map<String, Boolean>> scores = new HashMap<>();

  @Test
  void tellsFormFromElicitationFromKnowledge() {
    put(SUITE, "base", "abcdef", "");
    put(SUITE, "tuned", "abc", "def");
    put(SUITE + ":written", "base", "ab", "");
    put(SUITE + ":written", "tuned", "a", "b");
    put(SUITE + ":few-shot", "tuned", "d", "e");

    Cells cells = cells();

    assertThat(cells).isEqualTo(new Cells(SUITE, "tuned", 6, 2, 2, 1, 1, 1, 1));
    assertThat(cells.sentence())
        .isEqualTo(
            "1 of 2 lost items come back after worked examples, so most of the loss is one of"
                + " elicitation, not of knowledge; 1 of 2 items answered in writing are right by"
                + " log-likelihood and written wrong: format drift.");
  }

  @Test
  void whatTheBaseDoesNotWriteRightCannotDrift() {
    put(SUITE, "base", "ab", "");
    put(SUITE, "tuned", "ab", "");
    put(SUITE + ":written", "base", "", "ab");
    put(SUITE + ":written", "tuned", "", "ab");

    assertThat(cells().formatDrift()).isZero();
    assertThat(cells().kept()).isEqualTo(2);
    assertThat(cells().sentence()).isEmpty();
  }

  @Test
  void itemsThatTheBaseHasWrongAreInNoCell() {
    put(SUITE, "base", "a", "bc");
    put(SUITE, "tuned", "b", "ac");

    assertThat(cells()).isEqualTo(new Cells(SUITE, "tuned", 1, 0, 0, 0, 0, 0, 1));
  }

  private void put(String suite, String arm, String right, String wrong) {
    Map<String, Boolean> items = new HashMap<>();
    right.chars().forEach(item -> items.put(Character.toString(item), true));
    wrong.chars().forEach(item -> items.put(Character.toString(item), false));
    scores.put(suite + "/" + arm, items);
  }

  private Cells cells() {
    AuditPlan small = Plans.small();
    AuditPlan plan =
        new AuditPlan(
            small.name(),
            small.depth(),
            small.base(),
            small.tuned(),
            List.of(suite(SUITE)),
            small.dtype(),
            small.alpha(),
            small.seed(),
            small.template(),
            List.of(suite(SUITE + ":written"), suite(SUITE + ":few-shot")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Cells.of(plan, (id, arm) -> scores.getOrDefault(id + "/" + arm, Map.of())).get(0);
  }

  private static PlannedSuite suite(String id) {
    return new PlannedSuite(
        id, "1.0.0", "00", "knowledge", "accuracy", List.of("a"), 0.05, 0.25, Map.of());
  }
}
