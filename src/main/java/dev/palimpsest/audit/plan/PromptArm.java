package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.suite.prompted.Prompting;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A way to ask, frozen whole with the plan: the base after worked examples, under a system prompt
 * or with passages, to see whether that does what tuning does; or an arm with passages that give
 * another answer, to see whether it follows them.
 *
 * @param name unique among the plan's arms
 * @param of the name of the arm whose model answers
 * @param way how it is asked
 * @param said what was given, in a phrase: "5 examples of train.jsonl"
 * @param asked what is given before the items of each suite
 */
public record PromptArm(
    String name,
    String of,
    Way way,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String said,
    List<Prompting> asked) {
  /** How it is asked. */
  public enum Way {
    FEW_SHOT,
    SYSTEM_PROMPT,
    WITH_CONTEXT,
    /** Passages that give another answer: no way to do without tuning. */
    SWAPPED_CONTEXT;

    /** Returns the name used on the command line and in files, "few-shot". */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Tells whether it might do what tuning does. */
    public boolean competes() {
      return this != SWAPPED_CONTEXT;
    }
  }

  public PromptArm {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(of, "of is null");
    Objects.requireNonNull(way, "way is null");
    said = said == null ? "" : said;
    asked = List.copyOf(asked);
  }

  /** Returns the arm that is run: the model of another one under a name of its own. */
  Arm arm(Arm model) {
    return model.as(name, Arm.Role.PROMPTED);
  }

  /** Returns what is given before the items of a suite, if it is asked. */
  public Optional<Prompting> asked(String suite) {
    return asked.stream().filter(one -> one.suite().equals(suite)).findFirst();
  }

  /** Returns the suites and items that it is asked, of those that are planned. */
  List<PlannedSuite> planned(List<PlannedSuite> suites) {
    return suites.stream()
        .filter(suite -> asked(suite.suite()).isPresent())
        .map(suite -> planned(suite, asked(suite.suite()).orElseThrow()))
        .toList();
  }

  private static PlannedSuite planned(PlannedSuite suite, Prompting prompting) {
    return suite.only(suite.itemIds().stream().filter(prompting::asks).toList());
  }
}
