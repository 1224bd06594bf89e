package dev.palimpsest.lmeval;

import dev.palimpsest.suite.importer.Row;
import dev.palimpsest.suite.importer.Source;
import java.util.List;

/** How the documents of a task are read and put into words. Implementations have no state. */
interface TaskFormat {
  /**
   * Reads a document.
   *
   * @throws dev.palimpsest.suite.SuiteException that names file, line and field
   */
  Document document(Row row);

  /** Reads all documents of a file. */
  default List<Document> documents(Source source) {
    return source.rows().stream().map(this::document).toList();
  }
}
