package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextReading;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a base and the adapters over its weights read plain texts together, so that each reads a text
 * once: what it finds there is its loss, and beside the base's its divergence.
 *
 * <p>What cannot be read together (other tokens, a text that is too long, numbers that are none) is
 * left to be asked arm by arm.
 */
final class TextsTogether {
  private static final Logger log = LoggerFactory.getLogger(TextsTogether.class);

  private final Audit audit;
  private final AuditStore store;
  private final Map<String, Suite> suites;
  private final BooleanSupplier stopped;
  private final Progress progress;
  private final PassageDivergence divergence;

  /**
   * @param suites of the audit, by id
   * @param divergence keeps how far tuned arms have moved
   */
  TextsTogether(
      Audit audit,
      AuditStore store,
      Map<String, Suite> suites,
      BooleanSupplier stopped,
      Progress progress,
      PassageDivergence divergence) {
    this.audit = audit;
    this.store = store;
    this.suites = suites;
    this.stopped = stopped;
    this.progress = progress;
    this.divergence = divergence;
  }

  /**
   * Reads the texts that none of the arms has read yet.
   *
   * @param sharing arms over one loaded model
   * @return false if it was stopped
   */
  boolean read(ModelHost host, List<Arm> sharing) {
    Arm base = audit.plan().base();
    List<Arm> tuned = sharing.stream().filter(arm -> arm.role() == Arm.Role.TUNED).toList();
    if (!sharing.contains(base) || tuned.isEmpty()) {
      return true;
    }
    return audit.plan().asked().stream()
        .filter(PlannedSuite::measuresText)
        .map(suite -> new Readers(suite, base, tuned))
        .allMatch(readers -> read(host, readers));
  }

  /** Who reads the texts of one suite. */
  private record Readers(PlannedSuite suite, Arm base, List<Arm> tuned) {
    List<Arm> all() {
      return Stream.concat(Stream.of(base), tuned.stream()).toList();
    }

    List<Optional<String>> adapters() {
      return tuned.stream().map(Arm::adapterName).toList();
    }
  }

  private boolean read(ModelHost host, Readers readers) {
    List<Item> unread = unread(readers);
    for (int from = 0; from < unread.size(); from += PassageDivergence.TOGETHER) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      int to = Math.min(from + PassageDivergence.TOGETHER, unread.size());
      try {
        read(host, readers, unread.subList(from, to));
      } catch (DecoderException e) {
        log.debug("texts are not read together: {}", e.getMessage());
        return true;
      }
    }
    return true;
  }

  private List<Item> unread(Readers readers) {
    String suite = readers.suite().suite();
    Set<String> read = new HashSet<>();
    readers.all().forEach(arm -> read.addAll(store.itemsDone(audit.id(), suite, arm.name())));
    return readers.suite().itemIds().stream()
        .filter(item -> !read.contains(item))
        .map(item -> suites.get(suite).item(item).orElseThrow())
        .toList();
  }

  private void read(ModelHost host, Readers readers, List<Item> items) {
    String what = CapabilityName.words(readers.suite().capability());
    progress.say("Running " + what + " on " + readers.base().name() + " and what is tuned from it");
    Instant start = Instant.now();
    Found found =
        host.call(PassageDivergence.ATTEMPTS, model -> found(host, model, readers, items));
    List<AuditStore.NewOutcome> outcomes = outcomes(readers, found);
    store.save(audit.id(), outcomes);
    for (int arm = 0; arm < readers.tuned().size(); arm++) {
      int index = arm;
      divergence.keep(
          readers.suite(),
          readers.tuned().get(arm),
          items.stream().map(Item::id).toList(),
          found.readings().stream().map(text -> text.tuned().get(index).divergence()).toList());
    }
    Effort effort = Effort.of(readers.all().stream().flatMap(arm -> items.stream()).toList());
    progress.count(outcomes.size(), effort, effort, Duration.between(start, Instant.now()));
  }

  /**
   * What came of some texts.
   *
   * @param prepared the texts of each arm, the base first
   * @param readings of each text
   */
  private record Found(List<List<Prepared>> prepared, List<TextReading> readings) {
    ContinuationScore score(int arm, int text) {
      TextReading reading = readings.get(text);
      return arm == 0 ? reading.base() : reading.tuned().get(arm - 1).score();
    }
  }

  private Found found(ModelHost host, ModelRunner model, Readers readers, List<Item> items) {
    List<List<Prepared>> prepared = new ArrayList<>();
    for (Arm arm : readers.all()) {
      ArmContext context = new ArmContext(arm, audit.plan().dtype(), audit.plan().thinkingLimit());
      String prefix = suites.get(readers.suite().suite()).answerPrefix();
      prepared.add(new ItemBatch(host, store, context, prefix).prepared(model, items));
    }
    List<ScoreRequest> requests = requests(prepared.get(0));
    for (List<Prepared> texts : prepared) {
      requireSame(requests, requests(texts));
    }
    return new Found(
        prepared, model.read(readers.base().adapterName(), readers.adapters(), requests));
  }

  private static List<ScoreRequest> requests(List<Prepared> texts) {
    return texts.stream().map(text -> text.prompts().get(0)).map(ScoreRequest::of).toList();
  }

  private static void requireSame(List<ScoreRequest> base, List<ScoreRequest> other) {
    for (int i = 0; i < base.size(); i++) {
      boolean same =
          Arrays.equals(base.get(i).contextIds(), other.get(i).contextIds())
              && Arrays.equals(
                  base.get(i).continuationIds().get(0), other.get(i).continuationIds().get(0));
      if (!same) {
        throw new DecoderException("The tokenizers cut these texts differently.");
      }
    }
  }

  private List<AuditStore.NewOutcome> outcomes(Readers readers, Found found) {
    List<AuditStore.NewOutcome> outcomes = new ArrayList<>();
    for (int arm = 0; arm < found.prepared().size(); arm++) {
      Grader grader = new Grader(readers.suite().suite(), readers.all().get(arm).name());
      List<Prepared> texts = found.prepared().get(arm);
      Map<String, RawResult> kept = store.raw(texts.stream().map(Prepared::key).toList());
      int index = arm;
      IntStream.range(0, texts.size())
          .mapToObj(i -> result(texts.get(i), kept, found.score(index, i)))
          .map(grader::grade)
          .forEach(outcomes::add);
    }
    return outcomes;
  }

  /** What was computed before keeps its numbers. */
  private static ItemResult result(
      Prepared text, Map<String, RawResult> kept, ContinuationScore score) {
    RawResult now = new RawResult.Scores(List.of(List.of(score)));
    return new ItemResult.Raw(
        text.item(),
        text.rendered(),
        text.key(),
        kept.getOrDefault(text.key(), now),
        !kept.containsKey(text.key()));
  }
}
