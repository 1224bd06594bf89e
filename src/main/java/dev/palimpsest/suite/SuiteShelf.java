package dev.palimpsest.suite;

import java.util.Collection;
import java.util.List;

/** Suites that are added and taken away while a library is in use. */
public interface SuiteShelf {
  /** Holds nothing. */
  SuiteShelf EMPTY =
      new SuiteShelf() {
        @Override
        public Collection<Suite> newest() {
          return List.of();
        }

        @Override
        public List<Suite> versions(String id) {
          return List.of();
        }
      };

  /** Returns the newest version of each suite. */
  Collection<Suite> newest();

  /** Returns all versions of a suite, the newest first; [] if there is none. */
  List<Suite> versions(String id);
}
