package dev.palimpsest;

/**
 * A failure whose message is one sentence for the person in front of the screen.
 *
 * <p>The message says what is wrong and what to do about it; pages and commands print it as it is
 * and never with a stack trace. Packages extend it with a type of their own that carries the file,
 * the field, what was found and what was expected.
 */
public abstract class UserFacingException extends RuntimeException {
  protected UserFacingException(String message) {
    super(message);
  }

  protected UserFacingException(String message, Throwable cause) {
    super(message, cause);
  }
}
