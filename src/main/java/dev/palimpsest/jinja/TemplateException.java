package dev.palimpsest.jinja;

import dev.palimpsest.UserFacingException;

/** A template that cannot be parsed, or that stopped while it was rendered. */
public final class TemplateException extends UserFacingException {
  private static final int LONGEST = 4000;

  private final boolean raisedByTemplate;

  TemplateException(String message) {
    this(message, false);
  }

  private TemplateException(String message, boolean raisedByTemplate) {
    super(message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
    this.raisedByTemplate = raisedByTemplate;
  }

  /** Returns the failure that a template asks for with raise_exception. */
  static TemplateException raised(String message) {
    return new TemplateException(message, true);
  }

  /** Returns the same failure with the line it happened in, if it does not name one yet. */
  TemplateException at(int line) {
    if (raisedByTemplate || line <= 0 || getMessage().contains("(line ")) {
      return this;
    }
    TemplateException located = new TemplateException(getMessage() + " (line " + line + ")", false);
    located.setStackTrace(getStackTrace());
    return located;
  }

  /**
   * Tells whether the template itself refused its input by raise_exception; the message is then the
   * template's own.
   */
  public boolean isRaisedByTemplate() {
    return raisedByTemplate;
  }
}
