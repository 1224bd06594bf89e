package dev.palimpsest.notice;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class NoticesPostgresIT extends NoticesContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
