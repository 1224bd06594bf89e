package dev.palimpsest.suite.importer;

import dev.palimpsest.suite.Suite;
import java.util.List;

/**
 * A suite that was made of a benchmark's files.
 *
 * @param leftOut rows that cannot be asked, each as a sentence with its place
 */
public record Imported(Suite suite, List<String> leftOut) {
  public Imported {
    leftOut = List.copyOf(leftOut);
  }
}
