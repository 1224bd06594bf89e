package dev.palimpsest.cli;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The suites that were named on the command line: ids of the program's own, or folders.
 *
 * @param library the program's suites and those of the folders
 * @param ids which of them were named, in that order; none for all of the program's
 */
record ChosenSuites(SuiteLibrary library, List<String> ids) {
  /**
   * Reads the suites.
   *
   * @throws dev.palimpsest.suite.SuiteException if a name is unknown or a folder holds no sound
   *     suite
   */
  static ChosenSuites of(List<String> names) {
    SuiteLibrary library = SuiteLibrary.bundled();
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      if (library.find(name).isEmpty() && Files.isDirectory(Path.of(name))) {
        Suite suite = SuiteLibrary.load(Path.of(name));
        library = library.with(suite);
        ids.add(suite.id());
      } else {
        ids.add(library.suite(name).id());
      }
    }
    return new ChosenSuites(library, ids);
  }

  /**
   * Adds suites of one's own to these, or to what an audit asks unless told otherwise.
   *
   * @throws dev.palimpsest.suite.SuiteException if a folder holds no sound suite
   */
  ChosenSuites and(List<Path> own) {
    if (own.isEmpty()) {
      return this;
    }
    SuiteLibrary all = library;
    List<String> asked = new ArrayList<>(ids);
    if (ids.isEmpty()) {
      library.suites().stream().filter(Suite::isCore).forEach(suite -> asked.add(suite.id()));
    }
    for (Path folder : own) {
      Suite suite = SuiteLibrary.load(folder);
      all = all.with(suite);
      asked.add(suite.id());
    }
    return new ChosenSuites(all, asked);
  }
}
