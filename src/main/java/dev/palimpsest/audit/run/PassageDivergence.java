package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.TextDivergences;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far tuned arms have moved from the base on plain texts: KL(base ‖ tuned) of each passage that
 * both have read, kept with the tuned arm's outcome, so that nothing is computed twice.
 *
 * <p>Arms over the base's own weights are compared while these are loaded, any other one beside the
 * base in a worker of their own. It is described and stops no audit: where two models cannot be
 * compared, the reason is kept in its place.
 */
final class PassageDivergence {
  private static final Logger log = LoggerFactory.getLogger(PassageDivergence.class);

  /** Passages of one request, after each of which what was found is stored. */
  static final int TOGETHER = 16;

  static final int ATTEMPTS = 2;

  private final Audit audit;
  private final AuditStore store;
  private final Map<String, Suite> suites;
  private final BooleanSupplier stopped;
  private final Consumer<String> say;

  /**
   * @param suites of the audit, by id
   * @param say hears in a sentence what goes on
   */
  PassageDivergence(
      Audit audit,
      AuditStore store,
      Map<String, Suite> suites,
      BooleanSupplier stopped,
      Consumer<String> say) {
    this.audit = audit;
    this.store = store;
    this.suites = suites;
    this.stopped = stopped;
    this.say = say;
  }

  /** A passage that both arms have read, as many tokens each. */
  private record Passage(String itemId, String text, int tokens) {}

  /** Tells whether a model that some arms share can tell how far one of them has moved. */
  boolean isMissing(List<Arm> sharing) {
    return sharing.contains(audit.plan().base()) && sharing.stream().anyMatch(this::isMissing);
  }

  private boolean isMissing(Arm arm) {
    return arm.role() == Arm.Role.TUNED
        && !store.facts(audit.id()).containsKey(TextDivergences.fact(arm.name()))
        && texts().stream().anyMatch(suite -> !missing(suite, arm).isEmpty());
  }

  /** Compares the arms over a loaded model with the base, if that is over it; false if stopped. */
  boolean within(ModelHost host, List<Arm> sharing) {
    if (!isMissing(sharing)) {
      return true;
    }
    Optional<String> base = audit.plan().base().adapterName();
    return sharing.stream()
        .filter(this::isMissing)
        .allMatch(
            arm ->
                compare(
                    arm,
                    texts ->
                        host.call(
                            ATTEMPTS,
                            model ->
                                model
                                    .read(
                                        base,
                                        List.of(arm.adapterName()),
                                        scored(model.encode(base, bare(texts))))
                                    .stream()
                                    .map(text -> text.tuned().get(0).divergence())
                                    .toList())));
  }

  /** Compares every other arm with the base, both loaded side by side; false if stopped. */
  boolean beside(ModelLoader loader) {
    Arm base = audit.plan().base();
    return audit.plan().tuned().stream()
        .filter(arm -> !arm.model().equals(base.model()))
        .filter(this::isMissing)
        .allMatch(arm -> beside(loader, base, arm));
  }

  private boolean beside(ModelLoader loader, Arm base, Arm arm) {
    if (base.endpoint().isPresent() || arm.endpoint().isPresent()) {
      leaveOut(arm, "A model behind a server tells no probabilities of all tokens.");
      return true;
    }
    if (!Memory.holds(store.facts(audit.id()), 2)) {
      leaveOut(arm, "The memory of this machine does not hold both models side by side.");
      return true;
    }
    ArmFiles.verify(List.of(base, arm), say);
    say.accept("Loading " + arm.name() + " beside " + base.name());
    PairSpec spec = new PairSpec(side(base), side(arm), audit.plan().dtype());
    try (PairRunner pair = loader.pairs().load(spec)) {
      return compare(
          arm,
          texts ->
              pair.compare(scored(pair.encode(bare(texts)))).stream()
                  .map(TextDivergence::divergence)
                  .toList());
    } catch (DecoderException | CheckpointException e) {
      leaveOut(arm, e.getMessage());
      return true;
    }
  }

  /** Asks for the texts as their loss is asked for. */
  private static List<EncodeRequest> bare(List<String> texts) {
    return texts.stream()
        .map(text -> new EncodeRequest(new Prompt.Text(""), List.of(text)))
        .toList();
  }

  private static List<ScoreRequest> scored(List<Encoded> texts) {
    return texts.stream().map(ScoreRequest::of).toList();
  }

  private static PairSpec.Side side(Arm arm) {
    return new PairSpec.Side(arm.checkpoint(), arm.adapter(), arm.scaleOrOne());
  }

  /** Returns false if it was stopped. */
  private boolean compare(Arm arm, Function<List<String>, List<double[]>> models) {
    say.accept("Comparing " + arm.name() + " with its base on plain text");
    for (PlannedSuite suite : texts()) {
      List<Passage> missing = missing(suite, arm);
      for (int from = 0; from < missing.size(); from += TOGETHER) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        List<Passage> some = missing.subList(from, Math.min(from + TOGETHER, missing.size()));
        List<double[]> found;
        try {
          found = models.apply(some.stream().map(Passage::text).toList());
        } catch (DecoderException e) {
          leaveOut(arm, e.getMessage());
          return true;
        }
        if (!isOfTheSameTokens(some, found)) {
          leaveOut(arm, "The tokenizers cut these texts differently.");
          return true;
        }
        keep(suite, arm, some.stream().map(Passage::itemId).toList(), found);
      }
    }
    return true;
  }

  private static boolean isOfTheSameTokens(List<Passage> passages, List<double[]> found) {
    return IntStream.range(0, passages.size())
        .allMatch(i -> passages.get(i).tokens() == found.get(i).length);
  }

  /**
   * Keeps how far an arm has moved on passages that it has read, with their outcomes.
   *
   * @param found nats of each token, for each passage
   */
  void keep(PlannedSuite suite, Arm arm, List<String> passages, List<double[]> found) {
    Map<String, Double> byItem = new HashMap<>();
    for (int i = 0; i < passages.size(); i++) {
      double mean = Arrays.stream(found.get(i)).average().orElse(Double.NaN);
      if (Double.isFinite(mean)) {
        byItem.put(passages.get(i), mean);
      }
    }
    if (byItem.size() < passages.size()) {
      leaveOut(arm, "It is not finite on some passages; check the checkpoint's weights for NaN.");
    }
    store.addFigure(audit.id(), suite.suite(), arm.name(), Evidence.Passage.DIVERGENCE, byItem);
  }

  private void leaveOut(Arm arm, String reason) {
    log.info("no KL of {} on plain text: {}", arm.name(), reason);
    store.putFacts(audit.id(), Map.of(TextDivergences.fact(arm.name()), reason));
  }

  private List<PlannedSuite> texts() {
    return audit.plan().asked().stream().filter(PlannedSuite::measuresText).toList();
  }

  /** Returns the passages that are to be compared still, in plan order. */
  private List<Passage> missing(PlannedSuite suite, Arm arm) {
    Map<String, Evidence.Passage> base = read(suite, audit.plan().base());
    List<Passage> missing = new ArrayList<>();
    read(suite, arm)
        .forEach(
            (item, tuned) -> {
              if (base.containsKey(item) && tuned.divergence().isEmpty()) {
                String text = suites.get(suite.suite()).item(item).orElseThrow().text();
                missing.add(new Passage(item, text, tuned.tokens()));
              }
            });
    return missing;
  }

  private Map<String, Evidence.Passage> read(PlannedSuite suite, Arm arm) {
    Map<String, Outcome> outcomes = store.outcomes(audit.id(), suite.suite(), arm.name());
    Map<String, Evidence.Passage> read = new LinkedHashMap<>();
    for (String item : suite.itemIds()) {
      if (outcomes.containsKey(item)
          && outcomes.get(item).evidence() instanceof Evidence.Passage passage) {
        read.put(item, passage);
      }
    }
    return read;
  }
}
