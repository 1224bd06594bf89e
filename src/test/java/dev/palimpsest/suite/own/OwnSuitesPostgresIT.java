package dev.palimpsest.suite.own;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class OwnSuitesPostgresIT extends OwnSuitesContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
