package dev.palimpsest.audit.run;

import dev.palimpsest.Listing;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.SharedModel;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.variant.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs what an audit still lacks: the base first and then each tuned arm, one loaded model for all
 * arms over the same checkpoint, outcomes stored batch by batch.
 */
final class AuditRun {
  /** A batch at least this large in which nothing runs is a broken engine, not a hard item. */
  private static final int SUSPICIOUS = 8;

  private final Audit audit;
  private final AuditStore store;
  private final ModelLoader loader;
  private final Map<String, Suite> suites;
  private final BooleanSupplier stopped;
  private final Progress progress;
  private final PassageDivergence divergence;
  private final TextsTogether texts;

  AuditRun(
      Audit audit,
      AuditStore store,
      SuiteLibrary library,
      ModelLoader loader,
      BooleanSupplier stopped,
      Consumer<AuditStatus> listener) {
    this.audit = audit;
    this.store = store;
    this.loader = loader;
    this.stopped = stopped;
    this.suites = suites(audit.plan(), library);
    this.progress =
        new Progress(
            audit.id(),
            store.countOutcomes(audit.id()),
            missing().size(),
            Effort.of(missing()),
            listener);
    this.divergence = new PassageDivergence(audit, store, suites, stopped, progress::say);
    this.texts = new TextsTogether(audit, store, suites, stopped, progress, divergence);
  }

  AuditStatus status() {
    return progress.status();
  }

  /**
   * Runs to the end.
   *
   * @return whether everything has an outcome; false if it was stopped
   */
  boolean run() {
    Map<Object, List<Arm>> byModel = new LinkedHashMap<>();
    for (Arm arm : audit.plan().arms()) {
      byModel.computeIfAbsent(arm.model(), model -> new ArrayList<>()).add(arm);
    }
    if (audit.plan().decidesEarly()) {
      return new EarlyRun(audit, store, this, progress, byModel.values()).run();
    }
    for (List<Arm> arms : byModel.values()) {
      if ((isUnfinished(arms) || lacksDivergence(arms)) && !runModel(arms)) {
        return false;
      }
    }
    return compareBeside();
  }

  private boolean runModel(List<Arm> arms) {
    return onModel(
        arms,
        host ->
            readTogether(host, arms)
                && arms.stream().allMatch(arm -> runArm(host, arm))
                && compareWithin(host, arms));
  }

  /** Has arms over one model read plain texts, as far as they can together; false if stopped. */
  boolean readTogether(ModelHost host, List<Arm> arms) {
    return texts.read(host, arms);
  }

  boolean lacksDivergence(List<Arm> arms) {
    return divergence.isMissing(arms);
  }

  /** Compares arms on plain text with the base whose weights they share; false if stopped. */
  boolean compareWithin(ModelHost host, List<Arm> arms) {
    return divergence.within(host, arms);
  }

  /** Compares the others with the base, loaded beside it; false if it was stopped. */
  boolean compareBeside() {
    return divergence.beside(loader);
  }

  /** Loads the model that some arms share and works with it; false if that was stopped. */
  boolean onModel(List<Arm> arms, Predicate<ModelHost> work) {
    Provenance provenance = new Provenance(store, audit);
    ArmFiles.verify(arms, progress::say);
    progress.say("Loading " + arms.get(0).name());
    try (ModelHost host = new ModelHost(loader, spec(arms), progress::say)) {
      provenance.loaded(arms, host.call(1, model -> model.description()));
      boolean finished = work.test(host);
      provenance.died(host.deaths());
      return finished;
    }
  }

  /**
   * Asks an arm everything. What is asked in another way comes last, as it may be asked of what was
   * lost only. Answers that are written come in batches of several suites: a step reads all
   * weights, and the rows of a small suite alone would be few.
   */
  private boolean runArm(ModelHost host, Arm arm) {
    Map<Boolean, List<PlannedSuite>> asked =
        audit.plan().asked(arm).stream()
            .collect(Collectors.partitioningBy(planned -> Variant.of(planned.suite()).isPresent()));
    List<AskedItem> items =
        asked.get(false).stream()
            .flatMap(planned -> asked(planned, missing(planned, arm)))
            .toList();
    return run(host, arm, items, outcomes -> {})
        && asked.get(true).stream().allMatch(planned -> runSuite(host, arm, planned));
  }

  /** Asks what is asked beside the gates; false if it was stopped. */
  boolean runAsides(ModelHost host, Arm arm) {
    return asides(arm).stream().allMatch(planned -> runSuite(host, arm, planned));
  }

  private List<PlannedSuite> asides(Arm arm) {
    return arm.role() == Arm.Role.PROMPTED ? audit.plan().asked(arm) : audit.plan().variants();
  }

  boolean lacksAsides(Arm arm) {
    return !missingAsides(arm).isEmpty();
  }

  List<Item> missingAsides(Arm arm) {
    return asides(arm).stream().flatMap(planned -> missing(planned, arm).stream()).toList();
  }

  /** Returns the first items of a suite that an arm was not asked yet, so many at the most. */
  List<Item> missing(PlannedSuite planned, Arm arm, int most) {
    return missing(planned, arm).stream().limit(most).toList();
  }

  private boolean runSuite(ModelHost host, Arm arm, PlannedSuite planned) {
    return run(host, arm, asked(planned, missing(planned, arm)).toList(), outcomes -> {});
  }

  /**
   * Asks some items.
   *
   * @param beforeStored hears of each batch before it is stored
   * @return false if it was stopped
   */
  boolean ask(
      ModelHost host,
      Arm arm,
      PlannedSuite planned,
      List<String> itemIds,
      Consumer<List<AuditStore.NewOutcome>> beforeStored) {
    Suite suite = suites.get(planned.suite());
    List<Item> items = itemIds.stream().map(id -> suite.item(id).orElseThrow()).toList();
    return run(host, arm, asked(planned, items).toList(), beforeStored);
  }

  private static Stream<AskedItem> asked(PlannedSuite planned, List<Item> items) {
    return items.stream().map(item -> new AskedItem(planned, item));
  }

  private boolean run(
      ModelHost host,
      Arm arm,
      List<AskedItem> all,
      Consumer<List<AuditStore.NewOutcome>> beforeStored) {
    for (List<AskedItem> items : new Batches(audit.plan().seed()).of(all, arm)) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      progress.say("Running " + words(items) + " on " + arm.name());
      runBatch(host, arm, items, beforeStored);
    }
    return true;
  }

  private static String words(List<AskedItem> items) {
    return Listing.of(
        items.stream()
            .map(item -> CapabilityName.words(item.suite().capability()))
            .distinct()
            .toList());
  }

  private void runBatch(
      ModelHost host,
      Arm arm,
      List<AskedItem> asked,
      Consumer<List<AuditStore.NewOutcome>> beforeStored) {
    Instant start = Instant.now();
    List<Item> items = asked.stream().map(AskedItem::item).toList();
    List<ItemResult> results = batch(host, arm, asked).run(items);
    List<AuditStore.NewOutcome> outcomes =
        IntStream.range(0, items.size())
            .mapToObj(i -> grader(asked.get(i), arm).grade(results.get(i)))
            .toList();
    refuseBrokenEngine(outcomes);
    beforeStored.accept(outcomes);
    store.save(audit.id(), outcomes);
    progress.count(
        items.size(),
        Effort.of(items),
        Effort.of(computed(items, outcomes)),
        Duration.between(start, Instant.now()));
  }

  private static List<Item> computed(List<Item> items, List<AuditStore.NewOutcome> outcomes) {
    return IntStream.range(0, items.size())
        .filter(i -> outcomes.get(i).computed().isPresent())
        .mapToObj(items::get)
        .toList();
  }

  /** A batch is of one suite, unless its answers are written, which no suite begins for a model. */
  private ItemBatch batch(ModelHost host, Arm arm, List<AskedItem> items) {
    ArmContext context = new ArmContext(arm, audit.plan().dtype(), audit.plan().thinkingLimit());
    String prefix = suites.get(items.get(0).suite().suite()).answerPrefix();
    return new ItemBatch(host, store, context, prefix);
  }

  private static Grader grader(AskedItem item, Arm arm) {
    return new Grader(item.suite().suite(), arm.name());
  }

  /** A suite that is only described stops no audit, whatever comes of it. */
  private void refuseBrokenEngine(List<AuditStore.NewOutcome> all) {
    List<AuditStore.NewOutcome> outcomes =
        all.stream().filter(o -> suites.get(o.outcome().suite()).isGated()).toList();
    boolean nothingRan =
        outcomes.stream().allMatch(o -> o.outcome().state() == Outcome.State.ERROR);
    if (nothingRan && outcomes.size() >= SUSPICIOUS) {
      throw new AuditException(
          "Not one of "
              + outcomes.size()
              + " items could be run; the first says: "
              + outcomes.get(0).outcome().explanation());
    }
  }

  private List<Item> missing(PlannedSuite planned, Arm arm) {
    Set<String> done = store.itemsDone(audit.id(), planned.suite(), arm.name());
    Suite suite = suites.get(planned.suite());
    return wanted(planned, arm).stream()
        .filter(id -> !done.contains(id))
        .map(id -> suite.item(id).orElseThrow())
        .map(item -> asked(item, planned, arm))
        .toList();
  }

  /** Returns an item as an arm is asked it. */
  private Item asked(Item item, PlannedSuite planned, Arm arm) {
    return audit
        .plan()
        .prompt(arm)
        .flatMap(prompt -> prompt.asked(planned.suite()))
        .map(prompting -> prompting.item(item))
        .orElse(item);
  }

  /**
   * Returns the items that an arm is asked: after examples only those that it lost, and in another
   * way no more than its gate took.
   */
  private Collection<String> wanted(PlannedSuite planned, Arm arm) {
    if (arm.role() == Arm.Role.PROMPTED && audit.plan().decidesEarly()) {
      Set<String> took = store.itemsDone(audit.id(), planned.suite(), audit.plan().base().name());
      return planned.itemIds().stream().filter(took::contains).toList();
    }
    return Variant.of(planned.suite()).equals(Optional.of(Variant.FEW_SHOT))
        ? store.lost(audit, Variant.suite(planned.suite()), arm.name())
        : planned.itemIds();
  }

  private boolean isUnfinished(List<Arm> arms) {
    return arms.stream()
        .anyMatch(
            arm ->
                audit.plan().asked(arm).stream()
                    .anyMatch(planned -> !missing(planned, arm).isEmpty()));
  }

  private List<Item> missing() {
    List<Item> missing = new ArrayList<>();
    for (Arm arm : audit.plan().arms()) {
      audit.plan().asked(arm).forEach(planned -> missing.addAll(missing(planned, arm)));
    }
    return missing;
  }

  private ModelSpec spec(List<Arm> arms) {
    AuditPlan plan = audit.plan();
    return SharedModel.of(arms, plan.base(), plan.dtype(), plan.template());
  }

  private static Map<String, Suite> suites(AuditPlan plan, SuiteLibrary library) {
    Map<String, Suite> suites = new HashMap<>();
    for (PlannedSuite planned : plan.asked()) {
      suites.put(planned.suite(), frozen(planned, library));
    }
    return suites;
  }

  /** Returns the version that the plan was frozen with, whatever newer ones there are. */
  private static Suite frozen(PlannedSuite planned, SuiteLibrary library) {
    Optional<Suite> found = library.find(planned.suite(), planned.digest());
    if (found.isEmpty()) {
      library.suite(planned.suite());
      throw new AuditException(
          "The suite "
              + planned.suite()
              + " has changed since the audit was frozen; start a new audit to use the new one.");
    }
    return found.get();
  }
}
