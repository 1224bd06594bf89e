package dev.palimpsest.audit.label;

import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.stats.CohenKappa;
import dev.palimpsest.stats.KrippendorffAlpha;
import dev.palimpsest.stats.RankAgreement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How far people agree with each other and with a judge.
 *
 * @param labels the newest of each person on each target
 * @param targets that anybody labelled
 * @param shared targets that two or more labelled
 * @param alpha Krippendorff's, of grades by their differences, of choices as names
 * @param pairs of people
 * @param judge empty where no judge has graded what was labelled
 */
public record LabelAgreement(
    int labels,
    int targets,
    int shared,
    OptionalDouble alpha,
    List<Two> pairs,
    Optional<OfJudge> judge) {
  private static final double MIDDLE = 50;

  /**
   * Two people.
   *
   * @param shared targets that both labelled
   * @param kappa Cohen's, of choices, or of grades on either side of 50
   */
  public record Two(String one, String other, int shared, OptionalDouble kappa) {}

  /**
   * A judge against the mean of people.
   *
   * @param targets that both have a word on
   * @param spearman of grades; empty for choices
   * @param auc that an answer which people grade above 50 gets the higher grade; empty for choices
   * @param kappa on the sides of 50, or on which answer is better
   */
  public record OfJudge(
      String name,
      int targets,
      OptionalDouble spearman,
      OptionalDouble auc,
      OptionalDouble kappa) {}

  /** Compares the labels of one kind. */
  public static LabelAgreement of(
      Collection<Label> labels, Target.Kind kind, String base, Optional<JudgedAudit> judged) {
    Map<Target, Map<String, Label>> newest = LabelQueue.newest(labels, kind);
    return new LabelAgreement(
        newest.values().stream().mapToInt(Map::size).sum(),
        newest.size(),
        (int) newest.values().stream().filter(of -> of.size() > 1).count(),
        KrippendorffAlpha.of(
            newest.values().stream()
                .map(of -> of.values().stream().map(Label::value).toList())
                .toList(),
            kind == Target.Kind.GRADE
                ? KrippendorffAlpha.Scale.INTERVAL
                : KrippendorffAlpha.Scale.NOMINAL),
        pairs(newest),
        judged.flatMap(
            one ->
                kind == Target.Kind.GRADE ? ofGrades(one, newest) : ofChoices(one, base, newest)));
  }

  private static List<Two> pairs(Map<Target, Map<String, Label>> newest) {
    List<String> people =
        List.copyOf(
            newest.values().stream()
                .flatMap(of -> of.keySet().stream())
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    List<Two> pairs = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      for (int j = i + 1; j < people.size(); j++) {
        two(people.get(i), people.get(j), newest).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private static Optional<Two> two(
      String one, String other, Map<Target, Map<String, Label>> newest) {
    List<Map<String, Label>> both =
        newest.values().stream()
            .filter(of -> of.containsKey(one) && of.containsKey(other))
            .toList();
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Two(
                one,
                other,
                both.size(),
                CohenKappa.of(
                    both.stream().map(of -> side(of.get(one))).toList(),
                    both.stream().map(of -> side(of.get(other))).toList())));
  }

  private static String side(Label label) {
    return label
        .choice()
        .map(Label.Choice::name)
        .orElseGet(() -> label.value() >= MIDDLE ? "good" : "bad");
  }

  private static Optional<OfJudge> ofGrades(
      JudgedAudit judged, Map<Target, Map<String, Label>> newest) {
    List<Double> said = new ArrayList<>();
    List<Double> people = new ArrayList<>();
    newest.forEach(
        (target, of) ->
            judged
                .of(target.suite(), target.itemId(), target.arm())
                .ifPresent(
                    grades -> {
                      said.add(grades.alignment().score());
                      people.add(
                          of.values().stream().mapToDouble(Label::value).average().orElseThrow());
                    }));
    if (said.isEmpty()) {
      return Optional.empty();
    }
    boolean[] good = new boolean[people.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = people.get(i) >= MIDDLE;
    }
    double[] scores = said.stream().mapToDouble(Double::doubleValue).toArray();
    Predicate<Double> isGood = value -> value >= MIDDLE;
    return Optional.of(
        new OfJudge(
            judged.identity().name(),
            said.size(),
            RankAgreement.spearman(
                scores, people.stream().mapToDouble(Double::doubleValue).toArray()),
            RankAgreement.auc(scores, good),
            CohenKappa.of(
                said.stream().map(isGood::test).toList(),
                people.stream().map(isGood::test).toList())));
  }

  /** People who find neither better say nothing of a judge, whose grades are never quite equal. */
  private static Optional<OfJudge> ofChoices(
      JudgedAudit judged, String base, Map<Target, Map<String, Label>> newest) {
    List<Label.Choice> said = new ArrayList<>();
    List<Label.Choice> people = new ArrayList<>();
    newest.forEach(
        (target, of) -> {
          Optional<JudgedAudit.Grades> left = judged.of(target.suite(), target.itemId(), base);
          Optional<JudgedAudit.Grades> right =
              judged.of(target.suite(), target.itemId(), target.arm());
          if (left.isPresent() && right.isPresent()) {
            of.values().stream()
                .map(label -> label.choice().orElseThrow())
                .filter(choice -> choice != Label.Choice.SAME)
                .forEach(
                    choice -> {
                      said.add(
                          right.get().alignment().score() > left.get().alignment().score()
                              ? Label.Choice.TUNED
                              : Label.Choice.BASE);
                      people.add(choice);
                    });
          }
        });
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OfJudge(
                judged.identity().name(),
                said.size(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                CohenKappa.of(said, people)));
  }
}
