package dev.palimpsest.training;

import java.util.Objects;

/**
 * A row that is no training example.
 *
 * @param row its number in the file, from 1: the line of JSON lines, the element of an array
 * @param field such as "messages[2].role"; "" where the whole row is meant
 * @param found what stands there
 * @param expected what belongs there
 */
public record RowFault(int row, String field, String found, String expected) {
  public RowFault {
    Objects.requireNonNull(field, "field is null");
    Objects.requireNonNull(found, "found is null");
    Objects.requireNonNull(expected, "expected is null");
  }

  /** Returns the fault in one sentence, without the file. */
  public String sentence() {
    String place = field.isEmpty() ? "" : ", field " + field;
    return "row " + row + place + ": found " + found + ", expected " + expected + ".";
  }
}
