package dev.palimpsest.decision;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class BlessingsPostgresIT extends BlessingsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
