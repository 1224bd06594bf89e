package dev.palimpsest.audit.need;

import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PromptArm;
import java.util.List;
import java.util.Optional;

/**
 * One tune beside every way to ask its base, on one suite of what it was made for.
 *
 * @param suite as it was planned
 * @param tuned the tuned arm's name
 * @param n items that all of these arms have a score for; all shares are of them
 * @param notComparable planned items that one of them has no score for
 * @param base the base's share right, asked plainly
 * @param tunedScore the tune's
 * @param rivals the base asked plainly and in each way, in plan order
 * @param best the name of the rival with the largest share, the first of equals; "" without items
 * @param pHolm of "the tune is no better than some rival", adjusted for all tunes and suites; 1
 *     without items
 * @param word what that comes to
 * @param sentence the same with its numbers
 */
public record TuningNeed(
    PlannedSuite suite,
    String tuned,
    int n,
    int notComparable,
    double base,
    double tunedScore,
    List<Rival> rivals,
    String best,
    double pHolm,
    NeedWord word,
    String sentence) {
  /**
   * A way to ask the base.
   *
   * @param name the arm's
   * @param way empty for the plain base
   * @param score its share right
   * @param difference from it to the tune
   * @param pEnough of "the tune is better by the margin or more", adjusted for all rivals (Holm)
   */
  public record Rival(
      String name,
      Optional<PromptArm.Way> way,
      double score,
      Difference difference,
      double pEnough) {}

  public TuningNeed {
    rivals = List.copyOf(rivals);
  }

  /** Returns the best rival, if anything was compared. */
  public Optional<Rival> bestRival() {
    return rivals.stream().filter(rival -> rival.name().equals(best)).findFirst();
  }
}
