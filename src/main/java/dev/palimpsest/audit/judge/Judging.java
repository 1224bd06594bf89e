package dev.palimpsest.audit.judge;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lets a judge read the stored free answers of an audit; nothing is run again. */
public final class Judging {
  /** A kill loses at most what is in one batch. */
  private static final int BATCH = 16;

  private final JudgeStore store;
  private final SuiteLibrary library;
  private final LabelledAnswers labels;

  /** Gives the pairs of a suite and a tuned arm. */
  @FunctionalInterface
  public interface Pairs {
    /** Returns all pairs, whose texts are read. */
    SuitePairs of(String suite, String tuned);
  }

  /**
   * Makes the stage.
   *
   * @param library has the suites of the audits, in the very form in which they were asked
   */
  public Judging(Database database, SuiteLibrary library) {
    this.store = new JudgeStore(database);
    this.library = library;
    this.labels = LabelledAnswers.bundled();
  }

  /**
   * Measures the judge on labelled answers, and lets it read the audit's; what it has read before
   * is not read again.
   *
   * @param progress hears in a sentence what goes on
   * @throws AuditException if there are no free answers, or the report is signed
   */
  public JudgedAudit judge(Audit audit, Pairs pairs, Judge judge, Consumer<String> progress) {
    Map<JudgedAudit.Place, Answered> answers = answers(audit, pairs);
    if (answers.isEmpty()) {
      throw new AuditException(
          "A judge reads free answers and this audit has none; ask the suite free-answers too.");
    }
    Agreement agreement = agreement(judge, progress);
    long seed = audit.plan().seed();
    Map<String, Answered> order = mixed(answers, seed);
    read(judge, order, progress);
    Map<JudgedAudit.Place, String> digests = new HashMap<>();
    answers.forEach((place, answered) -> digests.put(place, answered.digest()));
    store.put(audit.id(), judge.identity(), seed, agreement, digests);
    return store.of(audit.id()).orElseThrow();
  }

  private Agreement agreement(Judge judge, Consumer<String> progress) {
    Map<String, Answered> order = new LinkedHashMap<>();
    labels.answers().forEach(one -> order.put(one.answered().digest(), one.answered()));
    progress.accept("Asking the judge for the " + order.size() + " labelled answers");
    read(judge, order, progress);
    return Agreement.of(
        labels, labelled(judge, Aspect.ALIGNMENT, order), labelled(judge, Aspect.COHERENCE, order));
  }

  private List<Optional<Grade>> labelled(Judge judge, Aspect aspect, Map<String, Answered> order) {
    Map<String, Optional<Grade>> known =
        store.grades(judge.identity().digest(), aspect, order.keySet());
    return labels.answers().stream().map(one -> known.get(one.answered().digest())).toList();
  }

  private Map<JudgedAudit.Place, Answered> answers(Audit audit, Pairs pairs) {
    Map<JudgedAudit.Place, Answered> answers = new HashMap<>();
    for (PlannedSuite planned : audit.plan().suites()) {
      if (planned.metric().equals(Metric.CAREFUL_RATE.label())) {
        Suite suite =
            library
                .find(planned.suite(), planned.digest())
                .orElseThrow(
                    () ->
                        new AuditException(
                            "The suite "
                                + planned.suite()
                                + " of this audit is not here any more; judge with the program, and"
                                + " the training file, that the audit was run with."));
        for (Arm arm : audit.plan().tuned()) {
          pairs
              .of(planned.suite(), arm.name())
              .forEach(
                  pair ->
                      Stream.of(pair.base(), pair.tuned())
                          .filter(outcome -> outcome.state() == Outcome.State.SCORED)
                          .forEach(
                              outcome -> answers.put(place(outcome), answered(suite, outcome))));
        }
      }
    }
    return answers;
  }

  private static JudgedAudit.Place place(Outcome outcome) {
    return new JudgedAudit.Place(outcome.suite(), outcome.itemId(), outcome.arm());
  }

  private static Answered answered(Suite suite, Outcome outcome) {
    return new Answered(suite.item(outcome.itemId()).orElseThrow().text(), outcome.output());
  }

  /** Puts each answer once, whoever gave it, in an order that says nothing of the arms. */
  private static Map<String, Answered> mixed(Map<?, Answered> answers, long seed) {
    Map<String, Answered> byDigest = new TreeMap<>();
    answers.values().forEach(answered -> byDigest.put(answered.digest(), answered));
    List<String> digests = new ArrayList<>(byDigest.keySet());
    Collections.shuffle(digests, new Random(seed));
    Map<String, Answered> mixed = new LinkedHashMap<>();
    digests.forEach(digest -> mixed.put(digest, byDigest.get(digest)));
    return mixed;
  }

  private void read(Judge judge, Map<String, Answered> order, Consumer<String> progress) {
    for (Aspect aspect : Aspect.values()) {
      Map<String, Optional<Grade>> known =
          store.grades(judge.identity().digest(), aspect, order.keySet());
      List<String> missing = order.keySet().stream().filter(d -> !known.containsKey(d)).toList();
      for (int from = 0; from < missing.size(); from += BATCH) {
        List<String> batch = missing.subList(from, Math.min(from + BATCH, missing.size()));
        progress.accept(
            "The judge grades " + aspect.label() + ", " + from + " of " + missing.size());
        List<Optional<Grade>> grades = judge.grade(aspect, batch.stream().map(order::get).toList());
        Map<String, Optional<Grade>> found = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
          found.put(batch.get(i), grades.get(i));
        }
        store.save(judge.identity().digest(), aspect, found);
      }
    }
  }
}
