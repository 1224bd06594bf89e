package dev.palimpsest.preflight.facts;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StoredText;
import java.util.Optional;

/** Keeps answers in a database. */
public final class StoredAnswers implements AnswerCache {
  private final Database database;

  /** Makes a store in a database, which stays the caller's to close. */
  public StoredAnswers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> find(String key) {
    return database
        .read(
            handle ->
                handle
                    .createQuery("select body from fact_answers where answer_key = :key")
                    .bind("key", key)
                    .mapTo(String.class)
                    .findOne())
        .map(StoredText::read);
  }

  @Override
  public void keep(String key, String answers) {
    if (find(key).isPresent()) {
      return;
    }
    try {
      database.write(
          handle ->
              handle
                  .createUpdate(
                      "insert into fact_answers (answer_key, body, answered_at)"
                          + " values (:key, :body, current_timestamp)")
                  .bind("key", key)
                  .bind("body", answers)
                  .execute());
    } catch (DuplicateException outrun) {
      // Another process asked the same a moment ago, and the answers are the same.
    }
  }
}
