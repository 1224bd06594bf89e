package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import dev.palimpsest.suite.variant.Variant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Arms × suites × gates, frozen and hashed before anything runs (pre-registration).
 *
 * @param name title shown to people
 * @param depth "certify", "quick", "standard" or "full"
 * @param base the arm everything is compared with
 * @param tuned the arms under test, at least one
 * @param suites what is run, at least one
 * @param dtype the type the forward passes compute in
 * @param alpha one-sided level of the gates, 0.05 unless told
 * @param seed of item sampling and order
 * @param template through whose chat template the tuned arms are asked
 * @param variants what is asked beside the suites and no gate hangs on: plain texts, and suites in
 *     another way, to say why something was lost
 * @param thinkingTokens most tokens that a model may think before it answers, 0 for no limit of its
 *     own; empty for {@link #USUAL_THINKING}
 * @param choice how one of the tuned arms is chosen; empty where each is judged for itself
 * @param budgetMinutes how long a plan that decides early may run, at least 1; empty for as long as
 *     it takes
 * @param policy what must hold beside the suites' margins; empty where nothing does
 * @param prompts ways to ask the base that might do what tuning does; no gate hangs on them
 * @param training the file that the tuned arms were trained on; empty where it was not given
 */
public record AuditPlan(
    String name,
    String depth,
    Arm base,
    List<Arm> tuned,
    List<PlannedSuite> suites,
    DType dtype,
    double alpha,
    long seed,
    TemplateChoice template,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PlannedSuite> variants,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> thinkingTokens,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<ChoicePlan> choice,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> budgetMinutes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<PlannedPolicy> policy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromptArm> prompts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<PlannedTraining> training) {
  /** Tokens that a model may think where the plan says nothing. */
  public static final int USUAL_THINKING = 512;

  public AuditPlan {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(depth, "depth is null");
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(dtype, "dtype is null");
    template = template == null ? TemplateChoice.OWN : template;
    tuned = List.copyOf(tuned);
    suites = List.copyOf(suites);
    variants = variants == null ? List.of() : List.copyOf(variants);
    thinkingTokens = thinkingTokens == null ? Optional.empty() : thinkingTokens;
    choice = choice == null ? Optional.empty() : choice;
    budgetMinutes = budgetMinutes == null ? Optional.empty() : budgetMinutes;
    policy = policy == null ? Optional.empty() : policy;
    prompts = prompts == null ? List.of() : List.copyOf(prompts);
    training = training == null ? Optional.empty() : training;
    if (tuned.isEmpty()) {
      throw new PlanException("An audit needs at least one tuned checkpoint; add one.");
    }
    if (suites.isEmpty()) {
      throw new PlanException("An audit needs at least one suite; choose one.");
    }
    if (choice.isPresent() && tuned.size() < 2) {
      throw new PlanException(
          "There is one tuned checkpoint and nothing to choose; give another one, or do not choose.");
    }
  }

  /**
   * Makes a plan whose base is asked in no other way, for tuned arms of which it is not said what
   * they were trained on.
   */
  public AuditPlan(
      String name,
      String depth,
      Arm base,
      List<Arm> tuned,
      List<PlannedSuite> suites,
      DType dtype,
      double alpha,
      long seed,
      TemplateChoice template,
      List<PlannedSuite> variants,
      Optional<Integer> thinkingTokens,
      Optional<ChoicePlan> choice,
      Optional<Integer> budgetMinutes,
      Optional<PlannedPolicy> policy) {
    this(
        name,
        depth,
        base,
        tuned,
        suites,
        dtype,
        alpha,
        seed,
        template,
        variants,
        thinkingTokens,
        choice,
        budgetMinutes,
        policy,
        List.of(),
        Optional.empty());
  }

  /**
   * Makes a plan of which nothing else was said: each checkpoint asked through its own chat
   * template and judged for itself, by the suites' margins alone, for as long as it takes.
   */
  public AuditPlan(
      String name,
      String depth,
      Arm base,
      List<Arm> tuned,
      List<PlannedSuite> suites,
      DType dtype,
      double alpha,
      long seed) {
    this(
        name,
        depth,
        base,
        tuned,
        suites,
        dtype,
        alpha,
        seed,
        TemplateChoice.OWN,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Tells whether each suite ends as soon as its gate is decided. */
  public boolean decidesEarly() {
    return depth.equals(Depth.CERTIFY.label());
  }

  /**
   * Returns the same plan for one of its tuned arms, of which nothing is left to choose, without
   * other ways to ask.
   */
  public AuditPlan only(Arm arm) {
    return new AuditPlan(
        name,
        depth,
        base,
        List.of(arm),
        suites,
        dtype,
        alpha,
        seed,
        template,
        variants,
        thinkingTokens,
        Optional.empty(),
        budgetMinutes,
        policy,
        List.of(),
        training);
  }

  /** Returns the same plan with ways to ask the base. */
  public AuditPlan prompted(List<PromptArm> arms) {
    return new AuditPlan(
        name,
        depth,
        base,
        tuned,
        suites,
        dtype,
        alpha,
        seed,
        template,
        variants,
        thinkingTokens,
        choice,
        budgetMinutes,
        policy,
        arms,
        training);
  }

  /** Returns the way to ask that an arm is, if it is one. */
  public Optional<PromptArm> prompt(Arm arm) {
    return prompts.stream().filter(one -> one.name().equals(arm.name())).findFirst();
  }

  /** Returns the most tokens that a model may think before it answers. */
  public int thinkingLimit() {
    return thinkingTokens.orElse(USUAL_THINKING);
  }

  /** Returns everything that is asked: the suites, and then what no gate hangs on. */
  public List<PlannedSuite> asked() {
    return Stream.concat(suites.stream(), variants.stream()).toList();
  }

  /**
   * Returns what one arm is asked: everything, but of a way to ask only the suites it is for, and
   * what is of the base alone only where it is the base.
   */
  public List<PlannedSuite> asked(Arm arm) {
    return prompt(arm)
        .map(one -> one.planned(asked()))
        .orElseGet(
            () ->
                asked().stream()
                    .filter(suite -> arm.role() == Arm.Role.BASE || !isOfBaseOnly(suite))
                    .toList());
  }

  private static boolean isOfBaseOnly(PlannedSuite suite) {
    return Variant.of(suite.suite()).filter(Variant::isOfBaseOnly).isPresent();
  }

  /**
   * Returns the base once more, where rounding depends on the batch: what it changes against itself
   * is the floor below which a change says nothing. Empty in float32, and where gates are decided
   * early: to ask all items of the base again would cost more than the decision.
   */
  public List<Arm> controls() {
    if (dtype == DType.FLOAT32 || decidesEarly()) {
      return List.of();
    }
    String name = base.name() + " again";
    while (isTaken(name)) {
      name += " again";
    }
    return List.of(base.as(name, Arm.Role.CONTROL));
  }

  private boolean isTaken(String name) {
    return Stream.concat(tuned.stream().map(Arm::name), prompts.stream().map(PromptArm::name))
        .anyMatch(name::equals);
  }

  private List<Arm> prompted() {
    return prompts.stream().map(one -> one.arm(model(one.of()))).toList();
  }

  private Arm model(String arm) {
    return Stream.concat(Stream.of(base), tuned.stream())
        .filter(one -> one.name().equals(arm))
        .findFirst()
        .orElseThrow(() -> new PlanException("The plan has no arm " + arm + " to be asked."));
  }

  /** Returns the level of the gates' two-sided intervals, 1 − 2α. */
  public double level() {
    return 1 - 2 * alpha;
  }

  /** Returns every arm, in the order they are run. */
  public List<Arm> arms() {
    return Stream.of(List.of(base), controls(), tuned, prompted()).flatMap(List::stream).toList();
  }

  /** Returns the name of the type the forward passes compute in, "float32" or "bfloat16". */
  public String arithmetic() {
    return dtype.label();
  }
}
