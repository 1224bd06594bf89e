package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checkpoints of one run in their order, and where the run turns.
 *
 * @param checkpoints names of the arms, the earliest first; at least two
 * @param turns one per suite that is lost from some checkpoint on, the earliest first
 * @param sentence the same in words
 */
public record Trajectory(List<String> checkpoints, List<Turn> turns, String sentence) {
  /** What tells a number of steps or epochs from any other number in a name. */
  private static final Pattern STEP =
      Pattern.compile(
          "(?i)(.*(?:^|[^a-z])(?:checkpoint|ckpt|steps?|epochs?|ep|iter|iteration)[-_ ]?)(\\d+)(.*)");

  /**
   * Where a suite turns.
   *
   * @param from the first checkpoint from which on every one fails or regresses
   * @param before the checkpoint before that; empty where it is the first
   * @param delta of the score there, tuned − base
   */
  public record Turn(
      String suite,
      String capability,
      Optional<String> before,
      String from,
      double delta,
      Verdict verdict) {}

  private record Step(BigInteger number, String arm) {}

  public Trajectory {
    checkpoints = List.copyOf(checkpoints);
    turns = List.copyOf(turns);
  }

  /**
   * Finds the runs among some arms by their names, such as checkpoint-100 and checkpoint-200, and
   * where each turns.
   *
   * @param skills suites that ask for the skill, which a run turns on later if at all
   */
  public static List<Trajectory> of(
      Collection<String> arms, List<Finding> findings, Set<String> skills) {
    Map<String, List<Step>> runs = new LinkedHashMap<>();
    for (String arm : arms) {
      Matcher matcher = STEP.matcher(arm);
      if (matcher.matches()) {
        runs.computeIfAbsent(matcher.group(1) + "\n" + matcher.group(3), key -> new ArrayList<>())
            .add(new Step(new BigInteger(matcher.group(2)), arm));
      }
    }
    return runs.values().stream()
        .filter(run -> run.stream().map(Step::number).distinct().count() >= 2)
        .map(run -> run.stream().sorted(Comparator.comparing(Step::number)).map(Step::arm).toList())
        .map(run -> of(run, findings.stream().filter(f -> !skills.contains(f.suite())).toList()))
        .toList();
  }

  private static Trajectory of(List<String> run, List<Finding> findings) {
    List<Turn> turns =
        findings.stream()
            .map(Finding::suite)
            .distinct()
            .flatMap(suite -> turn(suite, run, findings).stream())
            .sorted(Comparator.comparingInt(turn -> run.indexOf(turn.from())))
            .toList();
    return new Trajectory(run, turns, sentence(run, turns, findings));
  }

  /** Looks from the last checkpoint backwards for the first of those that are lost one and all. */
  private static Optional<Turn> turn(String suite, List<String> run, List<Finding> findings) {
    Optional<Turn> found = Optional.empty();
    for (int i = run.size() - 1; i >= 0; i--) {
      String arm = run.get(i);
      Optional<Finding> lost =
          findings.stream()
              .filter(f -> f.suite().equals(suite) && f.tuned().equals(arm) && isLost(f))
              .findFirst();
      if (lost.isEmpty()) {
        return found;
      }
      Optional<String> before = i == 0 ? Optional.empty() : Optional.of(run.get(i - 1));
      Finding f = lost.get();
      found = Optional.of(new Turn(suite, f.capability(), before, arm, f.delta(), f.verdict()));
    }
    return found;
  }

  private static boolean isLost(Finding finding) {
    return finding.verdict() == Verdict.FAILED || finding.verdict() == Verdict.REGRESSED;
  }

  private static String sentence(List<String> run, List<Turn> turns, List<Finding> findings) {
    String over =
        "Over %s checkpoints (%s to %s) "
            .formatted(run.size(), run.get(0), run.get(run.size() - 1));
    if (turns.isEmpty()) {
      boolean ever = findings.stream().anyMatch(f -> run.contains(f.tuned()) && isLost(f));
      return over
          + (ever
              ? "no loss lasts: what one checkpoint lost, a later one has again."
              : "nothing is proven lost.");
    }
    int first = run.indexOf(turns.get(0).from());
    String until =
        first == 0 ? "" : "nothing lasting is proven lost until %s; ".formatted(run.get(first - 1));
    Map<Integer, List<Turn>> byStart =
        turns.stream()
            .collect(
                Collectors.groupingBy(
                    turn -> run.indexOf(turn.from()), TreeMap::new, Collectors.toList()));
    return over
        + until
        + byStart.entrySet().stream()
            .map(entry -> said(entry.getValue(), run.get(entry.getKey()), entry.getKey() == 0))
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String said(List<Turn> turns, String from, boolean isFirst) {
    String what =
        turns.stream()
            .map(
                turn ->
                    "%s %s (%s points)"
                        .formatted(
                            CapabilityName.words(turn.capability()),
                            turn.verdict() == Verdict.FAILED ? "fails" : "regresses",
                            Points.signed(turn.delta())))
            .collect(Collectors.joining(", "));
    return "%s from %s%s".formatted(what, isFirst ? "the first on, " : "", from);
  }
}
