package dev.palimpsest.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DecoderException;

/**
 * A failure on its way from the worker to the application: its sentence, never its stack trace.
 *
 * @param kind which exception it becomes again
 * @param file of a CHECKPOINT failure, null otherwise
 * @param message the sentence; of a CHECKPOINT failure without the file's name in front
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Failure(Kind kind, String file, String message) {
  /** Which exception a failure becomes again. */
  enum Kind {
    CHECKPOINT,
    DECODER,
    /** Nothing a user could have done; the worker's log has the details. */
    INTERNAL
  }

  static Failure of(Throwable failure) {
    if (failure instanceof CheckpointException e) {
      String sentence = e.getMessage().substring(e.file().length() + 2);
      return new Failure(Kind.CHECKPOINT, e.file(), sentence);
    }
    if (failure instanceof UserFacingException) {
      return new Failure(Kind.DECODER, null, failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return new Failure(
          Kind.DECODER,
          null,
          "The inference worker ran out of Java heap; give it more with --worker-heap.");
    }
    return new Failure(
        Kind.INTERNAL,
        null,
        "The inference worker hit an unexpected "
            + failure.getClass().getSimpleName()
            + "; its log on standard error has the details.");
  }

  UserFacingException toException() {
    return kind == Kind.CHECKPOINT
        ? new CheckpointException(file, message)
        : new DecoderException(message);
  }
}
