package dev.palimpsest.suite.check;

import java.util.Objects;

/** A field whose value does not belong there; the loader adds the file and the line. */
public final class InvalidField extends IllegalArgumentException {
  private final String field;
  private final String found;
  private final String expected;

  /** Creates the failure; the texts continue "found …" and "expected …". */
  public InvalidField(String field, String found, String expected) {
    super("field " + field + ": found " + found + ", expected " + expected);
    this.field = Objects.requireNonNull(field, "field is null");
    this.found = Objects.requireNonNull(found, "found is null");
    this.expected = Objects.requireNonNull(expected, "expected is null");
  }

  /** Returns the field, such as "choices[2]". */
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

  /** Returns the same failure with the field's path put in front: "checks[1]" and "atMost". */
  public InvalidField within(String parent) {
    return new InvalidField(parent + (field.isEmpty() ? "" : "." + field), found, expected);
  }
}
