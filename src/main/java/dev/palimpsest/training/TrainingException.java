package dev.palimpsest.training;

import dev.palimpsest.UserFacingException;
import java.nio.file.Path;

/**
 * A training file that cannot be read: which row and field, what was found and what belongs there.
 */
public final class TrainingException extends UserFacingException {
  private final int row;
  private final String field;

  private TrainingException(String sentence, int row, String field) {
    super(sentence);
    this.row = row;
    this.field = field;
  }

  /** Creates the failure of a whole file. */
  static TrainingException ofFile(Path file, String problem) {
    return new TrainingException(file.getFileName() + ": " + problem, 0, "");
  }

  /** Creates the failure of one row. */
  static TrainingException ofRow(Path file, RowFault fault) {
    return new TrainingException(
        file.getFileName() + ", " + fault.sentence(), fault.row(), fault.field());
  }

  /** Returns the row, from 1, or 0 where the whole file is meant. */
  public int row() {
    return row;
  }

  /** Returns the field, or "" where the whole row is meant. */
  public String field() {
    return field;
  }
}
