package dev.palimpsest.report.page;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a checkpoint of a run was trained, as its name tells: "run-a/checkpoint-200", "sql-ep2",
 * "step1000".
 *
 * @param run the rest of the name
 * @param unit "step" or "epoch"
 * @param step above 0
 * @param label the number as the name has it
 */
record RunStep(String run, String unit, double step, String label) {
  private static final Pattern STEP =
      Pattern.compile(
          "(.*?)[-_. /]*(?:global[-_]?step|checkpoint|ckpt|step|iter)[-_]?(\\d{1,9})(k?)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern EPOCH =
      Pattern.compile(
          "(.*?)[-_. /]+(?:epoch|ep)[-_]?(\\d{1,6}(?:\\.\\d{1,4})?)", Pattern.CASE_INSENSITIVE);

  /** Reads a name; empty where it tells no step. */
  static Optional<RunStep> of(String name) {
    Matcher step = STEP.matcher(name);
    if (step.matches()) {
      String thousands = step.group(3);
      double number = Double.parseDouble(step.group(2)) * (thousands.isEmpty() ? 1 : 1000);
      return made(
          step.group(1), "step", number, step.group(2) + thousands.toLowerCase(Locale.ROOT));
    }
    Matcher epoch = EPOCH.matcher(name);
    return epoch.matches()
        ? made(epoch.group(1), "epoch", Double.parseDouble(epoch.group(2)), epoch.group(2))
        : Optional.empty();
  }

  private static Optional<RunStep> made(String run, String unit, double step, String label) {
    return step > 0 ? Optional.of(new RunStep(run, unit, step, label)) : Optional.empty();
  }
}
