package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.checkpoint.DistinctNames;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.variant.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes plans: opens and digests the checkpoints, draws the items, sets the margins. */
public final class AuditPlanner {
  private final SuiteLibrary library;
  private final EncoderLoader encoders;
  private final Optional<PlannedTraining> training;
  private final PromptComparison.Known known = new PromptComparison.Known();

  /**
   * Creates a planner, which remembers how checkpoints that it has seen are asked.
   *
   * @param encoders opens tokenizers, normally in another process
   */
  public AuditPlanner(SuiteLibrary library, EncoderLoader encoders) {
    this(library, encoders, Optional.empty());
  }

  /**
   * Creates a planner for checkpoints that were trained on a file: items that stand in it are set
   * aside.
   */
  public AuditPlanner(
      SuiteLibrary library, EncoderLoader encoders, Optional<PlannedTraining> training) {
    this.library = library;
    this.encoders = encoders;
    this.training = training;
  }

  /**
   * Plans an audit; the same request over the same files gives the same plan.
   *
   * @param progress hears in a sentence what goes on; digesting large checkpoints takes a while
   * @throws AuditException if the request makes no sense
   * @throws dev.palimpsest.checkpoint.CheckpointException if a checkpoint cannot be used
   */
  public AuditPlan plan(PlanRequest request, Consumer<String> progress) {
    return plan(request, progress, spec -> {});
  }

  /**
   * Plans an audit, as above.
   *
   * @param expecting hears what is loaded first, as soon as the files are known: the base and the
   *     adapters over it; nothing where no tuned checkpoint shares the base's weights
   */
  public AuditPlan plan(
      PlanRequest request, Consumer<String> progress, Consumer<ModelSpec> expecting) {
    List<PlannedSuite> suites =
        suites(
            request.suites(), request.depth(), request.policy(), request.seed(), request.items());
    List<Candidate> candidates = distinct(request);
    List<String> names = names(candidates);
    Arms arms = new Arms(names, ArmArgument.resolved(request.arguments(), names), progress);
    Arm base = arms.base(candidates.get(0));
    List<Arm> tuned = new ArrayList<>();
    List<Mismatch> mismatches = new ArrayList<>();
    candidates
        .subList(1, candidates.size())
        .forEach(candidate -> tuned.add(arms.tuned(candidate, base)));
    expected(request, base, tuned).ifPresent(expecting);
    List<Arm> here = tuned.stream().filter(arm -> arm.endpoint().isEmpty()).toList();
    if (base.endpoint().isEmpty() && !here.isEmpty()) {
      try (PromptComparison asked =
          new PromptComparison(library, suites, base, here, request.template(), encoders, known)) {
        tuned.replaceAll(
            arm -> {
              if (!here.contains(arm)) {
                return arm;
              }
              progress.accept("Comparing how " + arm.name() + " and " + base.name() + " are asked");
              asked.mismatch(arm).ifPresent(mismatches::add);
              return arm.with(asked.notes(arm));
            });
      }
    }
    return new AuditPlan(
        title(request, base, tuned),
        request.depth().label(),
        base,
        tuned,
        suites,
        request.dtype(),
        request.policy().alpha(),
        request.seed(),
        request.template(),
        beside(suites, request),
        request.thinkingTokens(),
        request.choice(),
        request.budgetMinutes(),
        Optional.of(policy(request.policy(), suites, mismatches))
            .filter(PlannedPolicy::saysSomething),
        List.of(),
        training);
  }

  private static Optional<ModelSpec> expected(PlanRequest request, Arm base, List<Arm> tuned) {
    List<Arm> sharing = tuned.stream().filter(arm -> arm.model().equals(base.model())).toList();
    if (base.endpoint().isPresent() || sharing.isEmpty()) {
      return Optional.empty();
    }
    List<Arm> all = Stream.concat(Stream.of(base), sharing.stream()).toList();
    return Optional.of(SharedModel.of(all, base, request.dtype(), request.template()));
  }

  private PlannedPolicy policy(
      Policy policy, List<PlannedSuite> suites, List<Mismatch> mismatches) {
    Map<String, List<String>> severe = new HashMap<>();
    for (PlannedSuite planned : suites) {
      List<String> ids =
          severe(library.find(planned.suite(), planned.digest()).orElseThrow(), policy);
      if (!ids.isEmpty()) {
        severe.put(planned.suite(), ids);
      }
    }
    return new PlannedPolicy(policy, policy.digest(), severe, mismatches);
  }

  /** Returns what is asked beside the suites: first what is described, as plain texts are. */
  private List<PlannedSuite> beside(List<PlannedSuite> suites, PlanRequest request) {
    List<PlannedSuite> beside = new ArrayList<>();
    library
        .suites(info -> !info.isGated() && (info.isCore() || request.suites().contains(info.id())))
        .stream()
        .map(suite -> described(suite, request.depth(), request.seed()))
        .forEach(beside::add);
    beside.addAll(variants(suites, request.depth()));
    return beside;
  }

  /** Returns the suites in the other ways they are asked, to say why something was lost. */
  private List<PlannedSuite> variants(List<PlannedSuite> suites, Depth depth) {
    List<PlannedSuite> variants = new ArrayList<>();
    if (!depth.asksLostAgain()) {
      return variants;
    }
    for (PlannedSuite planned : suites) {
      Suite suite = library.find(planned.suite(), planned.digest()).orElseThrow();
      if (depth.written() > 0 && Variant.WRITTEN.suits(suite)) {
        variants.add(variant(Variant.WRITTEN, suite, planned, depth.written()));
        variants.add(variant(Variant.REORDERED, suite, planned, depth.written()));
      }
      if (depth.written() > 0 && Variant.LETTERS.suits(suite)) {
        variants.add(variant(Variant.LETTERS, suite, planned, depth.written()));
      }
      if (Variant.FEW_SHOT.suits(suite)) {
        variants.add(variant(Variant.FEW_SHOT, suite, planned, Integer.MAX_VALUE));
      }
    }
    return variants;
  }

  private static PlannedSuite variant(
      Variant variant, Suite suite, PlannedSuite planned, int most) {
    return new PlannedSuite(
        variant.id(planned.suite()),
        planned.version(),
        variant.of(suite).digest(),
        planned.capability(),
        planned.metric(),
        planned.itemIds().stream().limit(most).toList(),
        planned.margin(),
        0,
        Map.of());
  }

  /** Returns the base and the tuned checkpoints by names that tell them apart. */
  private static List<Candidate> distinct(PlanRequest request) {
    List<Candidate> all = new ArrayList<>(List.of(request.base()));
    all.addAll(request.tuned());
    List<String> names =
        DistinctNames.of(
            all.stream().map(Candidate::name).toList(), all.stream().map(Candidate::path).toList());
    return IntStream.range(0, all.size()).mapToObj(i -> all.get(i).named(names.get(i))).toList();
  }

  /** Returns the names of the arms, all of which differ. */
  private static List<String> names(List<Candidate> candidates) {
    Set<String> names = new LinkedHashSet<>();
    for (Candidate candidate : candidates) {
      String unique = candidate.scaledName();
      for (int i = 2; !names.add(unique); i++) {
        unique = candidate.scaledName() + "-" + i;
      }
    }
    return List.copyOf(names);
  }

  /**
   * Returns the suites as {@link #plan} would freeze them; no checkpoint is read, so that what they
   * can prove is known while the rest is still being chosen.
   *
   * @param ids suites of the library; its core where empty. Those that are not judged are left out.
   * @throws PolicyException if the policy gates what is not run
   */
  public List<PlannedSuite> suites(List<String> ids, Depth depth, Policy policy, long seed) {
    return suites(ids, depth, policy, seed, Map.of());
  }

  /**
   * Returns the suites as {@link #plan} would freeze them, some with more items than the depth
   * says.
   *
   * @param items how many are run at least, by suite; as many as there are where that is less
   */
  public List<PlannedSuite> suites(
      List<String> ids, Depth depth, Policy policy, long seed, Map<String, Integer> items) {
    List<Suite> chosen =
        ids.isEmpty()
            ? List.copyOf(library.suites(info -> info.isCore() && info.isGated()))
            : ids.stream().distinct().map(library::suite).filter(Suite::isGated).toList();
    if (chosen.isEmpty() && !ids.isEmpty()) {
      throw new PlanException(
          String.join(", ", ids)
              + " is described and never a gate; choose at least one other suite beside it.");
    }
    refuseGatesWithoutSuite(policy, chosen);
    PolicyDemands.check(policy, chosen);
    refuseItemsWithoutSuite(items.keySet(), chosen);
    return chosen.stream()
        .map(suite -> planned(suite, depth, policy, seed, items.getOrDefault(suite.id(), 0)))
        .toList();
  }

  private static void refuseItemsWithoutSuite(Set<String> wanted, List<Suite> chosen) {
    List<String> ids = chosen.stream().map(Suite::id).toList();
    for (String id : wanted) {
      if (!ids.contains(id)) {
        throw new PlanException(
            "A number of items is set for "
                + id
                + ", which this audit does not run; it runs "
                + String.join(", ", ids)
                + ".");
      }
    }
  }

  /** A gate that nothing is measured for would always be open. */
  private void refuseGatesWithoutSuite(Policy policy, List<Suite> chosen) {
    Set<String> ids = chosen.stream().map(Suite::id).collect(Collectors.toSet());
    for (PolicyGate gate : policy.gates()) {
      if (library.find(gate.id()).filter(suite -> !suite.isGated()).isPresent()) {
        throw new PolicyException(
            "The policy gates "
                + gate.id()
                + ", which is described and never a gate; remove the gate.");
      }
      if (!ids.contains(gate.id())) {
        throw new PolicyException(
            "The policy gates "
                + gate.id()
                + ", which this audit does not run; add that suite or remove the gate.");
      }
    }
  }

  private PlannedSuite described(Suite suite, Depth depth, long seed) {
    List<Item> items = shuffled(suite, depth.texts(suite.draw()), seed, List.of());
    return planned(suite, items, Policy.standard());
  }

  private PlannedSuite planned(Suite suite, Depth depth, Policy policy, long seed, int atLeast) {
    int count = Math.max(depth.items(suite.draw()), atLeast);
    List<Item> items = shuffled(suite, count, seed, severe(suite, policy));
    return planned(suite, depth.decidesEarly() ? independent(items) : items, policy);
  }

  private List<Item> shuffled(Suite suite, int most, long seed, List<String> severe) {
    List<Item> items = new ArrayList<>(drawn(suite, most, seed));
    // A severe item is asked whether it was drawn or not.
    severe.stream()
        .map(id -> suite.item(id).orElseThrow())
        .filter(item -> !items.contains(item))
        .forEach(items::add);
    Collections.shuffle(items, new Random(seed));
    return items;
  }

  /** Draws from the items that the training file leaves. */
  private List<Item> drawn(Suite suite, int most, long seed) {
    Set<String> aside = setAside(suite);
    List<Item> left = suite.items().stream().filter(item -> !aside.contains(item.id())).toList();
    if (left.isEmpty()) {
      throw new PlanException(
          "Every item of "
              + suite.id()
              + " stands in the training file, so that it says nothing of the tune; leave the suite"
              + " out.");
    }
    return aside.isEmpty() ? suite.sample(most, seed) : suite.sample(left, most, seed);
  }

  private Set<String> setAside(Suite suite) {
    return training.map(file -> file.of(suite.id())).orElse(Set.of());
  }

  /** Items that share a cluster do not answer independently: the first of each in their order. */
  private static List<Item> independent(List<Item> items) {
    Set<String> clusters = new HashSet<>();
    return items.stream().filter(item -> clusters.add(item.cluster())).toList();
  }

  private static PlannedSuite planned(Suite suite, List<Item> items, Policy policy) {
    return new PlannedSuite(
        suite.id(),
        suite.version(),
        suite.digest(),
        suite.capability(),
        suite.metric().label(),
        items.stream().map(Item::id).toList(),
        margin(suite, policy),
        suite.chance().orElse(0),
        tiers(items),
        byId(items, Item::topic),
        clusters(items),
        languages(items),
        suite.isSkill(),
        suite.items().size());
  }

  private static double margin(Suite suite, Policy policy) {
    Optional<PolicyGate> gate = policy.gate(suite.id());
    if (gate.isPresent() && !gate.get().admits(suite.version())) {
      throw new PolicyException(
          "The policy gates "
              + gate.get().suite()
              + ", but this palimpsest has version "
              + suite.version()
              + "; change the gate once its margin is known to suit that version.");
    }
    return gate.flatMap(PolicyGate::maxDrop).orElse(suite.defaultMargin());
  }

  /** Returns the severe items of suite.json and of the policy. */
  private List<String> severe(Suite suite, Policy policy) {
    return Stream.concat(
            suite.severe().stream(),
            policy.gate(suite.id()).stream().flatMap(gate -> gate.severe().stream()))
        .distinct()
        .filter(id -> !setAside(suite).contains(id))
        .toList();
  }

  private static Map<String, String> tiers(List<Item> items) {
    return byId(items, item -> item.tier().label());
  }

  private static Map<String, String> clusters(List<Item> items) {
    return byId(
        items.stream().filter(item -> !item.cluster().equals(item.id())).toList(), Item::cluster);
  }

  private static Map<String, String> languages(List<Item> items) {
    return byId(
        items.stream().filter(item -> item.language().isPresent()).toList(),
        item -> item.language().orElseThrow());
  }

  private static Map<String, String> byId(List<Item> items, Function<Item, String> said) {
    return items.stream().collect(Collectors.toMap(Item::id, said));
  }

  private static String title(PlanRequest request, Arm base, List<Arm> tuned) {
    if (!request.name().isBlank()) {
      return request.name().strip();
    }
    String names = tuned.stream().map(Arm::name).collect(Collectors.joining(", "));
    return names + " against " + base.name();
  }

  /** Makes arms by names that all differ, of checkpoints that all differ or are asked otherwise. */
  private static final class Arms {
    private final Iterator<String> names;
    private final List<ArmArgument> arguments;
    private final Map<List<Object>, String> nameByContent = new HashMap<>();
    private final Consumer<String> progress;

    /** Takes the names in the order in which the arms are made. */
    Arms(List<String> names, List<ArmArgument> arguments, Consumer<String> progress) {
      this.names = names.iterator();
      this.arguments = arguments;
      this.progress = progress;
    }

    Arm base(Candidate candidate) {
      return asked(ArmFiles.base(candidate, names.next(), progress));
    }

    Arm tuned(Candidate candidate, Arm base) {
      Arm arm = asked(ArmFiles.tuned(candidate, names.next(), base, progress));
      List<Object> content = List.of(arm.digest(), arm.templateArguments(), arm.scaleOrOne());
      String twin = nameByContent.putIfAbsent(content, candidate.name());
      if (twin != null) {
        throw new PlanException(
            twin + " and " + candidate.name() + " are the same, file by file; give one of them.");
      }
      boolean same = arm.digest().equals(base.digest()) && arm.scaleOrOne() == base.scaleOrOne();
      return same ? arm.with(List.of(sameAsBase(arm, base))) : arm;
    }

    private Arm asked(Arm arm) {
      return arm.asked(ArmArgument.of(arm.name(), arguments));
    }

    private static String sameAsBase(Arm arm, Arm base) {
      boolean alike = arm.templateArguments().equals(base.templateArguments());
      return arm.name()
          + " is the base itself, file by file, "
          + (alike ? "so its outcomes are the base's; " : "asked with other template arguments; ")
          + "whatever is found is not about a fine-tune.";
    }
  }
}
