package dev.palimpsest.suite.importer;

import java.util.List;

/** How a benchmark's files are read. Implementations have no state. */
interface Format {
  /**
   * Reads all files into a draft.
   *
   * @throws dev.palimpsest.suite.SuiteException at the first fault
   */
  void read(List<Source> sources, Draft draft);

  /** Tells whether its rows show how they are answered, so that some can be shots for others. */
  default boolean hasAnswers() {
    return true;
  }

  /** Tells whether a shot serves only items of its own topic. */
  default boolean shotsByTopic() {
    return false;
  }
}
