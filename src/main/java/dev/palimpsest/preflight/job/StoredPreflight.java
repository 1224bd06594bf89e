package dev.palimpsest.preflight.job;

import java.time.Instant;
import java.util.Objects;

/**
 * A look at a training file, under way or done.
 *
 * @param tunedName "" where no tuned checkpoint was given
 * @param file the training file's name
 * @param state how far it is
 * @param message what goes on, or why it failed; "" when it is done
 * @param result preflight.json; "" until it is there
 */
public record StoredPreflight(
    String id,
    String baseName,
    String tunedName,
    String file,
    String author,
    State state,
    String message,
    String result,
    Instant askedAt) {
  /** How far it is. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  public StoredPreflight {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(message, "message is null");
    Objects.requireNonNull(result, "result is null");
    Objects.requireNonNull(askedAt, "askedAt is null");
  }

  /** Tells whether it is under way. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Tells whether its result is there. */
  public boolean isDone() {
    return state == State.DONE;
  }

  StoredPreflight saying(String now) {
    return new StoredPreflight(id, baseName, tunedName, file, author, state, now, result, askedAt);
  }
}
