package dev.palimpsest.audit.plan;

import dev.palimpsest.Wording;
import dev.palimpsest.inference.DType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What someone wants audited, before it is frozen.
 *
 * @param name title; "" for one made of the checkpoints' names; by the rule of {@link Wording}
 * @param base the checkpoint that everything is compared with
 * @param tuned the checkpoints and adapters under test
 * @param suites ids; none for all that come with the program
 * @param depth how much of each suite
 * @param policy margins and level
 * @param dtype the type the forward passes compute in
 * @param seed of item sampling and order
 * @param template through whose chat template the tuned checkpoints are asked
 * @param arguments what the chat templates are given beside the messages
 * @param thinkingTokens as in {@link AuditPlan}
 * @param choice as in {@link AuditPlan}
 * @param budgetMinutes as in {@link AuditPlan}
 * @param items how many items of a suite are run at least, by its id; the depth says it of the
 *     others
 */
public record PlanRequest(
    String name,
    Candidate base,
    List<Candidate> tuned,
    List<String> suites,
    Depth depth,
    Policy policy,
    DType dtype,
    long seed,
    TemplateChoice template,
    List<ArmArgument> arguments,
    Optional<Integer> thinkingTokens,
    Optional<ChoicePlan> choice,
    Optional<Integer> budgetMinutes,
    Map<String, Integer> items) {
  private static final int MAX_NAME = 200;

  public PlanRequest {
    name = Wording.name("audit's name", Objects.requireNonNull(name, "name is null"), MAX_NAME);
    Objects.requireNonNull(base, "base is null");
    tuned = List.copyOf(tuned);
    suites = List.copyOf(suites);
    Objects.requireNonNull(depth, "depth is null");
    Objects.requireNonNull(policy, "policy is null");
    Objects.requireNonNull(dtype, "dtype is null");
    Objects.requireNonNull(template, "template is null");
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(choice, "choice is null");
    items = Map.copyOf(items);
    if (thinkingTokens.orElse(0) < 0) {
      throw new PlanException("The tokens of thinking should be at least 0.");
    }
    if (budgetMinutes.isPresent() && !depth.decidesEarly()) {
      throw new PlanException(
          "A time budget of "
              + budgetMinutes.get()
              + " minutes was given with the plan "
              + depth.label()
              + ", which runs all of its items; leave it out or use the plan certify.");
    }
    if (budgetMinutes.orElse(1) < 1) {
      throw new PlanException(
          "The time budget is " + budgetMinutes.get() + " minutes; it should be at least 1.");
    }
  }

  /**
   * Wants each checkpoint asked through its own chat template and judged for itself, with as many
   * items as the depth says, for as long as it takes.
   */
  public PlanRequest(
      String name,
      Candidate base,
      List<Candidate> tuned,
      List<String> suites,
      Depth depth,
      Policy policy,
      DType dtype,
      long seed) {
    this(
        name,
        base,
        tuned,
        suites,
        depth,
        policy,
        dtype,
        seed,
        TemplateChoice.OWN,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
