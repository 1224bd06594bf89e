package dev.palimpsest.preflight.lint;

import java.util.List;
import java.util.Objects;

/**
 * One fault of a training file.
 *
 * @param id such as "duplicate-rows"; stable over versions
 * @param severity how much it matters
 * @param rows how many rows have it; 0 where the whole file or the model is meant
 * @param examples numbers of the first of these rows
 * @param sentence what is wrong
 * @param advice what to do
 */
public record LintFinding(
    String id,
    Severity severity,
    long rows,
    List<Integer> examples,
    String sentence,
    String advice) {
  /** How much a fault matters. */
  public enum Severity {
    /** The tune learns something else than is meant. */
    FAULT,
    /** Probably not meant. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }

  public LintFinding {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(severity, "severity is null");
    examples = List.copyOf(examples);
    Objects.requireNonNull(sentence, "sentence is null");
    Objects.requireNonNull(advice, "advice is null");
  }
}
