package dev.palimpsest.suite.own;

import dev.palimpsest.UserFacingException;

/** A suite that is not stored or not removed, in a sentence that says why and what to do. */
public final class OwnSuiteException extends UserFacingException {
  OwnSuiteException(String sentence) {
    super(sentence);
  }
}
