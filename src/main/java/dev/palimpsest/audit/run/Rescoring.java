package dev.palimpsest.audit.run;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Grades the stored raw results of an audit again, with the scorers of this version of the program
 * and without a model.
 */
public final class Rescoring {
  private static final int MOST_NAMED = 10;

  private final AuditStore store;
  private final OutcomeRevision revision;
  private final SuiteLibrary library;

  /**
   * Makes it.
   *
   * @param library has the suites of the audits, in the very form in which they were asked
   */
  public Rescoring(Database database, SuiteLibrary library) {
    this.store = new AuditStore(database);
    this.revision = new OutcomeRevision(database);
    this.library = library;
  }

  /**
   * An outcome that is another one now.
   *
   * @param before as stored
   * @param after as graded now
   */
  public record Change(Outcome before, Outcome after) {
    /** Tells whether the item counts otherwise, not only the reason or the figures beside it. */
    public boolean countsOtherwise() {
      return before.state() != after.state() || before.score() != after.score();
    }
  }

  /**
   * What grading again comes to.
   *
   * @param graded outcomes with a raw result
   * @param withoutRaw outcomes that had none to grade, which stay as they are
   * @param changes in the order of suites, arms and items
   */
  public record Result(int graded, int withoutRaw, List<Change> changes) {
    public Result {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Grades again and compares; nothing is written.
   *
   * @throws AuditException if there is no such audit, or one of its suites is another by now
   */
  public Result compare(String auditId) {
    return compare(audit(auditId), revised(auditId));
  }

  /**
   * Grades again and stores what changed, in one transaction; the stored report goes, as it is made
   * of outcomes.
   *
   * @throws AuditException as in {@link #compare}, or if the audit is not finished, or its report
   *     is signed
   */
  public Result write(String auditId) {
    Audit audit = audit(auditId);
    if (audit.finishedAt().isEmpty()) {
      throw new AuditException(
          "This audit is not finished; let it come to its end, and score it again then.");
    }
    List<Revised> revised = revised(auditId);
    Result result = compare(audit, revised);
    List<OutcomeRevision.Row> rows =
        revised.stream()
            .filter(Revised::isChanged)
            .map(each -> new OutcomeRevision.Row(each.stored.id(), each.after))
            .toList();
    if (!rows.isEmpty()) {
      revision.write(auditId, rows);
      store.putFacts(
          auditId,
          Map.of("scored again", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    return result;
  }

  /** A stored outcome and what it is now. */
  private record Revised(OutcomeRevision.Stored stored, Outcome after) {
    /** Evidence that was stored has its figures, but not its kind. */
    boolean isChanged() {
      Outcome before = stored.outcome();
      return before.state() != after.state()
          || before.score() != after.score()
          || !before.output().equals(after.output())
          || !before.extracted().equals(after.extracted())
          || !before.explanation().equals(after.explanation())
          || !before.details().equals(after.details());
    }
  }

  private static Result compare(Audit audit, List<Revised> revised) {
    long raw = revised.stream().filter(each -> each.stored.raw().isPresent()).count();
    Planned planned = Planned.of(audit.plan());
    List<Change> changes =
        revised.stream()
            .filter(Revised::isChanged)
            .map(each -> new Change(each.stored.outcome(), each.after))
            .sorted(
                Comparator.comparing((Change change) -> change.before.suite())
                    .thenComparing(change -> change.before.arm())
                    .thenComparing(
                        change -> planned.place(change.before.suite(), change.before.itemId())))
            .toList();
    return new Result((int) raw, revised.size() - (int) raw, changes);
  }

  private List<Revised> revised(String auditId) {
    Audit audit = audit(auditId);
    List<Revised> revised = new ArrayList<>();
    for (PlannedSuite planned : audit.plan().asked()) {
      Map<String, Item> items =
          suite(planned).items().stream().collect(Collectors.toMap(Item::id, Function.identity()));
      for (OutcomeRevision.Stored stored : revision.outcomes(auditId, planned.suite())) {
        revised.add(new Revised(stored, graded(stored, items)));
      }
    }
    return revised;
  }

  private static Outcome graded(OutcomeRevision.Stored stored, Map<String, Item> items) {
    Outcome before = stored.outcome();
    Optional<RawResult> raw = stored.raw();
    return raw.isEmpty()
        ? before
        : withDivergence(
            before,
            new Grader(before.suite(), before.arm())
                .grade(items.get(before.itemId()), before.prompt(), raw.get()));
  }

  /** What two models side by side said of a passage is no grade, and stays. */
  private static Outcome withDivergence(Outcome before, Outcome after) {
    return before.evidence() instanceof Evidence.Passage measured
            && measured.divergence().isPresent()
            && after.evidence() instanceof Evidence.Passage graded
        ? after.with(graded.withDivergence(measured.divergence().getAsDouble()))
        : after;
  }

  private Suite suite(PlannedSuite planned) {
    return library
        .find(planned.suite())
        .filter(suite -> suite.digest().equals(planned.digest()))
        .orElseThrow(
            () ->
                new AuditException(
                    "The suite "
                        + planned.suite()
                        + " of this audit (version "
                        + planned.version()
                        + ", digest "
                        + planned.digest().substring(0, 12)
                        + ") is not here any more; name the folder that holds it with --suite."));
  }

  private Audit audit(String auditId) {
    return store
        .audit(auditId)
        .orElseThrow(() -> new AuditException("There is no audit " + auditId + there()));
  }

  private String there() {
    List<String> audits =
        store.lines(0, MOST_NAMED).stream()
            .map(line -> line.id() + " (" + line.title() + ")")
            .toList();
    return audits.isEmpty()
        ? " here, and no other; is it the right folder?"
        : "; the newest are " + String.join(", ", audits) + ".";
  }
}
