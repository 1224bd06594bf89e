package dev.palimpsest.audit.amplified;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.audit.plan.SharedModel;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.stats.ClusteredRate;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Looks for careless answers of the tuned arms of an audit, with each of them exaggerated. */
public final class AmplifiedSampling {
  private static final int BATCH = 32;
  private static final int AGAIN = 4;
  private static final int EXAMPLES = 8;

  private final Audit audit;
  private final SuiteLibrary library;
  private final ModelLoader loader;
  private final PairLoader pairs;
  private final Consumer<String> progress;

  /**
   * Makes the search.
   *
   * @param library has the suites of the audit, in the very form in which they were asked
   * @param pairs loads a base and an arm side by side
   * @param progress hears in a sentence what goes on
   */
  public AmplifiedSampling(
      Audit audit,
      SuiteLibrary library,
      ModelLoader loader,
      PairLoader pairs,
      Consumer<String> progress) {
    this.audit = audit;
    this.library = library;
    this.loader = loader;
    this.pairs = pairs;
    this.progress = progress;
  }

  /** A question and its prompt in tokens. */
  private record Question(Item item, int[] prompt) {}

  /** One drawn answer. */
  private record Sample(Question question, String answer, boolean careless) {}

  /**
   * Draws so many answers in each way from each arm, and asks again where one was careless.
   *
   * @param samples per way, at least 1
   * @throws AuditException if no open questions were planned
   */
  public List<AmplifiedResult> run(int samples) {
    List<Item> items = questions();
    List<AmplifiedResult> results = new ArrayList<>();
    for (Arm arm : ofFiles()) {
      ArmFiles.verify(List.of(audit.plan().base(), arm), progress);
      try (Way.Models models = new Way.Models(arm, loader.load(spec(arm)), pairs.load(pair(arm)))) {
        List<Question> asked = encoded(models.model(), arm, items);
        for (Way way : Way.of(arm)) {
          progress.accept("Sampling " + arm.name() + ", " + way.label());
          results.add(result(models, way, asked, samples));
        }
      }
    }
    return results;
  }

  /** Of a model behind a server there are neither scales nor logits to go beyond. */
  private List<Arm> ofFiles() {
    List<Arm> arms =
        audit.plan().base().endpoint().isPresent()
            ? List.of()
            : audit.plan().tuned().stream().filter(arm -> arm.endpoint().isEmpty()).toList();
    if (arms.isEmpty()) {
      throw new AuditException(
          "Amplified sampling needs the files of the base and of a tuned checkpoint; leave out"
              + " --amplify for models behind a server.");
    }
    return arms;
  }

  /** Returns each question once in each form, in an order by the audit's seed. */
  private List<Item> questions() {
    Map<String, Item> byPrompt = new LinkedHashMap<>();
    for (PlannedSuite planned : audit.plan().suites()) {
      if (planned.metric().equals(Metric.CAREFUL_RATE.label())
          && !CuedSuite.isCued(planned.suite())) {
        Suite suite = library.find(planned.suite(), planned.digest()).orElseThrow();
        planned.itemIds().stream()
            .map(id -> suite.item(id).orElseThrow())
            .forEach(item -> byPrompt.putIfAbsent(item.text(), item));
      }
    }
    if (byPrompt.isEmpty()) {
      throw new AuditException(
          "Amplified sampling asks open questions and this audit has none; ask the suite free-answers"
              + " too.");
    }
    List<Item> items = new ArrayList<>(byPrompt.values());
    Collections.shuffle(items, new Random(audit.plan().seed()));
    return items;
  }

  private ModelSpec spec(Arm arm) {
    AuditPlan plan = audit.plan();
    return SharedModel.of(List.of(arm), plan.base(), plan.dtype(), plan.template());
  }

  private PairSpec pair(Arm arm) {
    return new PairSpec(side(audit.plan().base()), side(arm), audit.plan().dtype());
  }

  private static PairSpec.Side side(Arm arm) {
    return new PairSpec.Side(arm.checkpoint(), arm.adapter(), arm.scaleOrOne());
  }

  private static List<Question> encoded(ModelRunner model, Arm arm, List<Item> items) {
    boolean chat = model.description().format(arm.adapterName()).hasChatTemplate();
    Presentation presentation = new Presentation("", chat, arm.templateArguments());
    List<EncodeRequest> requests =
        items.stream().map(item -> presentation.prompts(item).get(0)).toList();
    List<Encoded> encoded = model.encode(arm.adapterName(), requests);
    return IntStream.range(0, items.size())
        .mapToObj(i -> new Question(items.get(i), encoded.get(i).contextIds()))
        .toList();
  }

  private AmplifiedResult result(Way.Models models, Way way, List<Question> asked, int samples) {
    List<Question> order =
        IntStream.range(0, samples).mapToObj(i -> asked.get(i % asked.size())).toList();
    List<Sample> drawn = draw(models, way, order, 1);
    List<Integer> candidates =
        IntStream.range(0, samples).filter(i -> drawn.get(i).careless()).boxed().toList();
    boolean plain = way instanceof Way.Plain;
    List<Question> hit =
        plain
            ? List.of()
            : candidates.stream().map(i -> drawn.get(i).question()).distinct().toList();
    List<Question> again =
        hit.stream().flatMap(one -> Collections.nCopies(AGAIN, one).stream()).toList();
    List<Sample> checked = draw(models, new Way.Plain(), again, 2);
    return new AmplifiedResult(
        models.arm().name(),
        way.label(),
        samples,
        candidates.size(),
        candidates.isEmpty() ? 0 : candidates.get(0) + 1,
        checked.size(),
        (int) checked.stream().filter(Sample::careless).count(),
        rate(checked),
        examples(drawn, candidates, checked));
  }

  private List<Double> rate(List<Sample> checked) {
    if (checked.isEmpty()) {
      return List.of();
    }
    boolean[] careless = new boolean[checked.size()];
    for (int i = 0; i < careless.length; i++) {
      careless[i] = checked.get(i).careless();
    }
    ClusteredRate rate =
        ClusteredRate.of(
            careless, checked.stream().map(one -> one.question().item().cluster()).toList());
    Interval interval = rate.interval(audit.plan().level());
    return List.of(rate.share(), interval.low(), interval.high());
  }

  private static List<AmplifiedResult.Example> examples(
      List<Sample> drawn, List<Integer> candidates, List<Sample> checked) {
    return candidates.stream()
        .limit(EXAMPLES)
        .map(
            i -> {
              Sample sample = drawn.get(i);
              boolean confirmed =
                  checked.stream()
                      .anyMatch(one -> one.careless() && one.question().equals(sample.question()));
              return new AmplifiedResult.Example(
                  sample.question().item().id(),
                  i + 1,
                  sample.question().item().text(),
                  sample.answer(),
                  confirmed);
            })
        .toList();
  }

  /**
   * Draws an answer to each question.
   *
   * @param round gives draws of other seeds in another round
   */
  private List<Sample> draw(Way.Models models, Way way, List<Question> order, int round) {
    List<Sample> samples = new ArrayList<>();
    for (int from = 0; from < order.size(); from += BATCH) {
      int first = from;
      List<Question> batch = order.subList(from, Math.min(from + BATCH, order.size()));
      List<GenerateRequest> requests =
          IntStream.range(0, batch.size())
              .mapToObj(i -> request(batch.get(i), first + i, round))
              .toList();
      List<Generation> answers = way.draw(models, requests);
      for (int i = 0; i < batch.size(); i++) {
        samples.add(sample(batch.get(i), answers.get(i)));
      }
    }
    return samples;
  }

  private GenerateRequest request(Question question, int number, int round) {
    long seed = (audit.plan().seed() * 31 + round) * 1_000_003 + number;
    return new GenerateRequest(
        question.prompt(),
        new GenerateOptions(
            question.item().longestAnswer(), question.item().sampling().temperature(), 1, seed));
  }

  private static Sample sample(Question question, Generation generation) {
    ModelAnswer answer =
        new ModelAnswer.Text(
            generation.text(),
            generation.ids().length,
            generation.finish() == Generation.Finish.END);
    return new Sample(question, generation.text(), question.item().grade(answer).value() < 0.5);
  }
}
