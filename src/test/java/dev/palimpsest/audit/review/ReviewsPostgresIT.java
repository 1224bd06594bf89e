package dev.palimpsest.audit.review;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class ReviewsPostgresIT extends ReviewsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
