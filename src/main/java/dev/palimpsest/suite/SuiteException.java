package dev.palimpsest.suite;

import dev.palimpsest.EditDistance;
import dev.palimpsest.UserFacingException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;

/**
 * A suite that cannot be used: which file, line and field, what was found and what belongs there.
 */
public final class SuiteException extends UserFacingException {
  private final String file;
  private final int line;
  private final String field;
  private final String found;
  private final String expected;

  /**
   * Creates the failure.
   *
   * @param file as the user knows it
   * @param line from 1; 0 where the whole file is meant
   * @param field such as "choices[2]"; "" where the whole line is meant
   */
  public SuiteException(String file, int line, String field, String found, String expected) {
    super(sentence(file, line, field, found, expected));
    this.file = Objects.requireNonNull(file, "file is null");
    this.line = line;
    this.field = field;
    this.found = found;
    this.expected = expected;
  }

  private SuiteException(String sentence, String found, String expected) {
    super(sentence);
    this.file = "probes";
    this.line = 0;
    this.field = "";
    this.found = found;
    this.expected = expected;
  }

  /** Creates the failure for a suite that does not exist, with the closest that does. */
  static SuiteException unknown(String id, Collection<String> known) {
    String closest =
        known.stream()
            .min(Comparator.comparingInt(name -> EditDistance.between(name, id)))
            .map(name -> "; did you mean " + name + "?")
            .orElse(".");
    String all = String.join(", ", known);
    return new SuiteException(
        "There is no suite \"" + id + "\"" + closest + " There are: " + all + ".", id, all);
  }

  private static String sentence(
      String file, int line, String field, String found, String expected) {
    return file
        + (line > 0 ? ", line " + line : "")
        + (field.isEmpty() ? "" : ", field " + field)
        + ": found "
        + found
        + ", expected "
        + expected
        + ".";
  }

  /** Returns the file, as the user knows it. */
  public String file() {
    return file;
  }

  /** Returns the line from 1, or 0 where the whole file is meant. */
  public int line() {
    return line;
  }

  /** Returns the field, or "" where the whole line is meant. */
  public String field() {
    return field;
  }

  /** Returns what was found. */
  public String found() {
    return found;
  }

  /** Returns what belongs there. */
  public String expected() {
    return expected;
  }
}
