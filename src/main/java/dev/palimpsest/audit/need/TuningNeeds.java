package dev.palimpsest.audit.need;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.stats.Multiplicity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares tunes with every way to ask their base.
 *
 * <p>A tune earns its place on a suite where it is better than each of them: the p of the whole is
 * the largest of theirs (an intersection–union test, R. Berger, Technometrics 24 (1982) 295–300),
 * Holm's correction goes over all tunes and suites, and every interval lies above 0. A way was
 * enough where the tune is proven better by less than the margin, or not at all; that is looked for
 * among several ways, so that it is Holm's over them. What is cheaper is said first: a prompt, then
 * retrieval, then the tune.
 */
public final class TuningNeeds {
  /** Reads which items of a suite an arm has right, without those that have no score. */
  @FunctionalInterface
  public interface Scores {
    /** Returns right or wrong by item id. */
    Map<String, Boolean> of(String suite, String arm);
  }

  private final AuditPlan plan;
  private final Scores scores;

  /** Reads the outcomes that there are. */
  public TuningNeeds(AuditPlan plan, Scores scores) {
    this.plan = plan;
    this.scores = scores;
  }

  /** What is compared on one suite before other suites are known. */
  private record Compared(
      PlannedSuite suite, String tuned, List<String> items, List<TuningNeed.Rival> rivals) {
    double p() {
      return rivals.stream().mapToDouble(one -> one.difference().pAbove()).max().orElse(1);
    }
  }

  /** Returns the needs, by tuned arm and suite, in plan order; [] where no way was asked. */
  public List<TuningNeed> all() {
    List<Compared> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.asked()) {
        List<PromptArm> ways = ways(suite);
        if (!ways.isEmpty()) {
          all.add(compared(suite, arm.name(), ways));
        }
      }
    }
    double[] holm = Multiplicity.holm(all.stream().mapToDouble(Compared::p).toArray());
    List<TuningNeed> needs = new ArrayList<>();
    for (int i = 0; i < holm.length; i++) {
      needs.add(need(all.get(i), holm[i]));
    }
    return needs;
  }

  private List<PromptArm> ways(PlannedSuite suite) {
    return plan.prompts().stream()
        .filter(one -> one.way().competes())
        .filter(one -> one.asked(suite.suite()).isPresent())
        .toList();
  }

  private Compared compared(PlannedSuite suite, String tuned, List<PromptArm> ways) {
    Map<String, Boolean> ofTuned = scores.of(suite.suite(), tuned);
    List<Map<String, Boolean>> ofRivals = new ArrayList<>();
    ofRivals.add(scores.of(suite.suite(), plan.base().name()));
    ways.forEach(way -> ofRivals.add(scores.of(suite.suite(), way.name())));
    List<String> items =
        suite.itemIds().stream()
            .filter(ofTuned::containsKey)
            .filter(id -> ofRivals.stream().allMatch(rival -> rival.containsKey(id)))
            .toList();
    if (items.isEmpty()) {
      return new Compared(suite, tuned, items, List.of());
    }
    List<Difference> differences =
        ofRivals.stream().map(rival -> difference(suite, items, rival, ofTuned)).toList();
    double[] enough =
        Multiplicity.holm(differences.stream().mapToDouble(Difference::pWithin).toArray());
    List<TuningNeed.Rival> rivals = new ArrayList<>();
    for (int i = 0; i < differences.size(); i++) {
      Difference difference = differences.get(i);
      rivals.add(
          new TuningNeed.Rival(
              i == 0 ? plan.base().name() : ways.get(i - 1).name(),
              i == 0 ? Optional.empty() : Optional.of(ways.get(i - 1).way()),
              difference.table().baseRate(),
              difference,
              enough[i]));
    }
    return new Compared(suite, tuned, items, rivals);
  }

  private Difference difference(
      PlannedSuite suite,
      List<String> items,
      Map<String, Boolean> first,
      Map<String, Boolean> second) {
    boolean[] one = new boolean[items.size()];
    boolean[] other = new boolean[items.size()];
    for (int i = 0; i < one.length; i++) {
      one[i] = first.get(items.get(i));
      other[i] = second.get(items.get(i));
    }
    List<String> clusters = items.stream().map(suite::cluster).toList();
    return Difference.of(one, other, clusters, suite.margin(), plan.alpha());
  }

  private TuningNeed need(Compared compared, double holm) {
    PlannedSuite suite = compared.suite();
    List<TuningNeed.Rival> rivals = compared.rivals();
    Optional<TuningNeed.Rival> best = best(rivals);
    double base = rivals.isEmpty() ? 0 : rivals.get(0).score();
    double tuned = rivals.isEmpty() ? 0 : rivals.get(0).difference().table().tunedRate();
    NeedWord word = word(rivals, holm);
    return new TuningNeed(
        suite,
        compared.tuned(),
        compared.items().size(),
        suite.itemIds().size() - compared.items().size(),
        base,
        tuned,
        rivals,
        best.map(TuningNeed.Rival::name).orElse(""),
        rivals.isEmpty() ? 1 : holm,
        word,
        NeedSentence.of(suite, compared.tuned(), tuned, rivals, enough(rivals, word), word, plan));
  }

  static Optional<TuningNeed.Rival> best(List<TuningNeed.Rival> rivals) {
    return rivals.stream().reduce((one, other) -> other.score() > one.score() ? other : one);
  }

  private NeedWord word(List<TuningNeed.Rival> rivals, double holm) {
    if (rivals.isEmpty()) {
      return NeedWord.OPEN;
    }
    if (isEnough(rivals, false)) {
      return NeedWord.PROMPT;
    }
    if (isEnough(rivals, true)) {
      return NeedWord.RETRIEVE;
    }
    boolean above = rivals.stream().allMatch(one -> one.difference().interval().low() > 0);
    return above && holm <= plan.alpha() ? NeedWord.EARNED : NeedWord.OPEN;
  }

  private boolean isEnough(List<TuningNeed.Rival> rivals, boolean reading) {
    return rivals.stream().anyMatch(one -> reads(one) == reading && one.pEnough() <= plan.alpha());
  }

  /** Returns the rival that the word is about: the best of those that are enough, else of all. */
  private Optional<TuningNeed.Rival> enough(List<TuningNeed.Rival> rivals, NeedWord word) {
    boolean said = word == NeedWord.PROMPT || word == NeedWord.RETRIEVE;
    return said
        ? best(
            rivals.stream()
                .filter(one -> one.pEnough() <= plan.alpha())
                .filter(one -> reads(one) == (word == NeedWord.RETRIEVE))
                .toList())
        : best(rivals);
  }

  private static boolean reads(TuningNeed.Rival rival) {
    return rival.way().equals(Optional.of(PromptArm.Way.WITH_CONTEXT));
  }

  /** Returns how tunes follow passages that give other answers; [] where that was not asked. */
  public List<ContextFollowing> following() {
    Optional<PromptArm> base = swapped(plan.base().name());
    if (base.isEmpty()) {
      return List.of();
    }
    List<Reading> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        Optional<PromptArm> tuned = swapped(arm.name());
        if (tuned.isPresent() && base.get().asked(suite.suite()).isPresent()) {
          all.add(reading(suite, arm.name(), base.get().name(), tuned.get().name()));
        }
      }
    }
    double[] holm = Multiplicity.holm(all.stream().mapToDouble(Reading::p).toArray());
    List<ContextFollowing> following = new ArrayList<>();
    for (int i = 0; i < holm.length; i++) {
      following.add(following(all.get(i), holm[i]));
    }
    return following;
  }

  private Optional<PromptArm> swapped(String of) {
    return plan.prompts().stream()
        .filter(one -> one.way() == PromptArm.Way.SWAPPED_CONTEXT && one.of().equals(of))
        .findFirst();
  }

  /** How one tune reads, before other tunes are known; the difference is from tune to base. */
  private record Reading(
      PlannedSuite suite, String tuned, int n, Optional<Difference> toBase, Difference toTune) {
    /** Returns the p of "the base follows no more than the tune". */
    double p() {
      return toBase.map(Difference::pAbove).orElse(1.0);
    }
  }

  private Reading reading(PlannedSuite suite, String tuned, String baseArm, String tunedArm) {
    Map<String, Boolean> base = scores.of(suite.suite(), baseArm);
    Map<String, Boolean> other = scores.of(suite.suite(), tunedArm);
    List<String> items =
        suite.itemIds().stream()
            .filter(id -> base.containsKey(id) && other.containsKey(id))
            .toList();
    return items.isEmpty()
        ? new Reading(suite, tuned, 0, Optional.empty(), null)
        : new Reading(
            suite,
            tuned,
            items.size(),
            Optional.of(difference(suite, items, other, base)),
            difference(suite, items, base, other));
  }

  private ContextFollowing following(Reading reading, double holm) {
    Difference toTune = reading.toTune();
    double base = toTune == null ? 0 : toTune.table().baseRate();
    double tuned = toTune == null ? 0 : toTune.table().tunedRate();
    NeedWord word =
        toTune == null
            ? NeedWord.OPEN
            : toTune.interval().high() < 0 && holm <= plan.alpha()
                ? NeedWord.FOLLOWS_LESS
                : toTune.pBelow() <= plan.alpha() ? NeedWord.FOLLOWS : NeedWord.OPEN;
    return new ContextFollowing(
        reading.suite(),
        reading.tuned(),
        reading.n(),
        base,
        tuned,
        toTune,
        holm,
        word,
        NeedSentence.ofReading(reading.suite(), reading.n(), base, tuned, toTune, word, plan));
  }
}
