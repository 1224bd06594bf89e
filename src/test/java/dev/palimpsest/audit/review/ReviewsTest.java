package dev.palimpsest.audit.review;

import dev.palimpsest.storage.Database;

final class ReviewsTest extends ReviewsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
