package dev.palimpsest.audit.plan;

/**
 * What is wrong with a policy file at one place.
 *
 * @param file its name
 * @param line from 1
 * @param field such as "gates[0].maxDrop"; "" for the whole
 * @param found what is there
 * @param expected what belongs there
 */
public record PolicyFault(String file, int line, String field, String found, String expected) {
  /** Returns it in one sentence. */
  public String sentence() {
    return file
        + ", line "
        + line
        + (field.isEmpty() ? "" : ", field " + field)
        + ": found "
        + found
        + ", expected "
        + expected
        + ".";
  }
}
