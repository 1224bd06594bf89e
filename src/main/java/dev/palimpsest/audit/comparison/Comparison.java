package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Multiplicity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Two checkpoints on the same items: what {@code palimpsest compare --json} prints.
 *
 * @param sentence the whole in words
 * @param caution why the comparison describes and proves nothing; "" where it proves
 * @param left what is compared with
 * @param right what is compared
 * @param level of every interval, two-sided: the higher of the two plans'
 * @param suites those that both audits asked in the same content, in the left plan's order
 * @param notCompared suites of either that the other did not ask in the same content
 * @param differences what else is not the same
 */
public record Comparison(
    String sentence,
    String caution,
    Party left,
    Party right,
    double level,
    List<SuiteComparison> suites,
    List<NotCompared> notCompared,
    List<PlanDifference> differences) {
  /** Gives which items of a suite an arm has right; without those that have no score. */
  @FunctionalInterface
  public interface Scores {
    Map<String, Boolean> of(String auditId, String suite, String arm);
  }

  /**
   * A checkpoint by name and content.
   *
   * @param audit the audit's id
   * @param title the audit's title
   * @param arm the checkpoint's name in it
   * @param digest root digest of its files
   * @param base the arm that it is seen against; its own name where it is a base
   * @param baseDigest root digest of that
   */
  public record Party(
      String audit, String title, String arm, String digest, String base, String baseDigest) {
    static Party of(Side side) {
      return new Party(
          side.audit().id(),
          side.audit().plan().name(),
          side.arm().name(),
          side.arm().digest(),
          side.base().name(),
          side.base().digest());
    }
  }

  /**
   * A suite that the two do not share.
   *
   * @param why in words
   */
  public record NotCompared(String suite, String capability, String why) {}

  public Comparison {
    Objects.requireNonNull(left, "left is null");
    Objects.requireNonNull(right, "right is null");
    suites = List.copyOf(suites);
    notCompared = List.copyOf(notCompared);
    differences = List.copyOf(differences);
  }

  /** Compares two checkpoints; reads scores and no texts. */
  public static Comparison of(Side left, Side right, Scores scores) {
    double alpha = Math.min(left.audit().plan().alpha(), right.audit().plan().alpha());
    double level = 1 - 2 * alpha;
    List<SuiteComparison> found = new ArrayList<>();
    List<NotCompared> apart = new ArrayList<>();
    for (PlannedSuite suite : left.audit().plan().suites()) {
      Optional<PlannedSuite> other = named(right, suite.suite());
      if (other.map(PlannedSuite::digest).filter(suite.digest()::equals).isPresent()) {
        found.add(new SuitePairing(left, right, suite, other.get(), level, scores).compare());
      } else {
        apart.add(
            new NotCompared(
                suite.suite(),
                suite.capability(),
                other
                    .map(o -> "asked in other versions, " + suite.version() + " and " + o.version())
                    .orElse("not asked of " + right.arm().name())));
      }
    }
    for (PlannedSuite suite : right.audit().plan().suites()) {
      if (named(left, suite.suite()).isEmpty()) {
        apart.add(
            new NotCompared(
                suite.suite(), suite.capability(), "not asked of " + left.arm().name()));
      }
    }
    List<SuiteComparison> judged = judged(found, alpha);
    return new Comparison(
        ComparisonSentence.of(left, right, judged),
        caution(left, right),
        Party.of(left),
        Party.of(right),
        level,
        judged,
        apart,
        PlanDifferences.of(left, right));
  }

  /** An audit that ends a gate early asks on, or not, by what the answers were. */
  private static String caution(Side left, Side right) {
    boolean early = left.audit().plan().decidesEarly() || right.audit().plan().decidesEarly();
    return early
        ? "An audit of the two ended its gates as soon as they were decided, so the answers decided"
            + " which items both were asked: intervals and p describe these items and prove"
            + " nothing. To prove it, audit both checkpoints in one audit by the standard plan."
        : "";
  }

  private static Optional<PlannedSuite> named(Side side, String suite) {
    return side.audit().plan().suites().stream()
        .filter(one -> one.suite().equals(suite))
        .findFirst();
  }

  private static List<SuiteComparison> judged(List<SuiteComparison> found, double alpha) {
    double[] adjusted =
        Multiplicity.holm(found.stream().mapToDouble(one -> one.change().p()).toArray());
    List<SuiteComparison> judged = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      judged.add(found.get(i).judged(adjusted[i], alpha));
    }
    return judged;
  }

  /** Returns how many items the figures stand on. */
  public int pairs() {
    return suites.stream().mapToInt(one -> one.change().n()).sum();
  }

  /** Tells whether any suite has the changes on two bases beside each other. */
  public boolean hasTwoByTwo() {
    return suites.stream().anyMatch(one -> one.twoByTwo().isPresent());
  }
}
