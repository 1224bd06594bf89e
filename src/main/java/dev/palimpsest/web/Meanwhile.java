package dev.palimpsest.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is made ready beside what the caller does, for whoever asks later. */
final class Meanwhile {
  private static final Logger LOG = LoggerFactory.getLogger(Meanwhile.class);

  private Meanwhile() {}

  /** Runs the work on a daemon thread of that name; a failure is logged, and nobody waits. */
  static void begin(String name, Runnable work) {
    Thread thread = new Thread(() -> run(name, work), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.warn("{} could not be made ready ahead of time", name, failure);
    }
  }
}
