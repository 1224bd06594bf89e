package dev.palimpsest.checkpoint;

import dev.palimpsest.UserFacingException;
import java.util.Objects;
import java.util.Optional;

/** A checkpoint file that cannot be used, with where and why, as one sentence. */
public final class CheckpointException extends UserFacingException {
  private final String file;
  private final String field;
  private final String found;
  private final String expected;

  /**
   * Creates the failure.
   *
   * @param file the file's name relative to the checkpoint, as the user knows it
   * @param message one sentence: what is wrong and what to do
   */
  public CheckpointException(String file, String message) {
    this(file, message, null, null, null);
  }

  private CheckpointException(
      String file, String message, String field, String found, String expected) {
    super(file + ": " + message);
    this.file = Objects.requireNonNull(file, "file is null");
    this.field = field;
    this.found = found;
    this.expected = expected;
  }

  /**
   * Creates the failure of one field.
   *
   * @param file the file's name relative to the checkpoint
   * @param field the field, for example {@code hidden_size} or a tensor's name
   * @param found the value that stands there, printable
   * @param expected what may stand there, for example {@code a positive integer}
   */
  public static CheckpointException ofField(
      String file, String field, String found, String expected) {
    String name = Printable.text(field);
    String message = name + " is " + Printable.text(found) + ", expected " + expected;
    return new CheckpointException(file, message, name, found, expected);
  }

  /** Creates the failure of a field that is not there. */
  public static CheckpointException missing(String file, String field, String expected) {
    String message = Printable.text(field) + " is missing, expected " + expected;
    return new CheckpointException(file, message, field, null, expected);
  }

  /** Returns the file's name relative to the checkpoint. */
  public String file() {
    return file;
  }

  /** Returns the field at fault, if it is one field. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** Returns what stands in the field, if there is a field and it is there. */
  public Optional<String> found() {
    return Optional.ofNullable(found);
  }

  /** Returns what may stand in the field, if it is one field. */
  public Optional<String> expected() {
    return Optional.ofNullable(expected);
  }

  /** Returns the message without the file's name in front. */
  public String sentence() {
    return getMessage().substring(file.length() + 2);
  }
}
