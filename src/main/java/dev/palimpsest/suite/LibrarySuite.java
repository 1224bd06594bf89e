package dev.palimpsest.suite;

import java.util.function.Supplier;

/** A suite of a library, whose items are read when they are first asked for. */
final class LibrarySuite {
  private final SuiteInfo info;
  private final Supplier<Suite> reading;
  private Suite suite;

  LibrarySuite(SuiteInfo info, Supplier<Suite> reading) {
    this.info = info;
    this.reading = reading;
  }

  static LibrarySuite of(Suite suite) {
    return new LibrarySuite(suite.info(), () -> suite);
  }

  SuiteInfo info() {
    return info;
  }

  synchronized Suite suite() {
    if (suite == null) {
      suite = reading.get();
    }
    return suite;
  }
}
