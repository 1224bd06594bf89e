package dev.palimpsest.cli;

import dev.palimpsest.preflight.facts.AnswerCache;
import dev.palimpsest.preflight.facts.StoredAnswers;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;

/** Where a command keeps what a base answered, if it does. */
final class KeptAnswers implements AutoCloseable {
  private final Database database;

  private KeptAnswers(Database database) {
    this.database = database;
  }

  /** Opens a data folder; null for nowhere. */
  static KeptAnswers in(Path folder) {
    return new KeptAnswers(folder == null ? null : Database.open(folder));
  }

  AnswerCache cache() {
    return database == null ? AnswerCache.NONE : new StoredAnswers(database);
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
