package dev.palimpsest.registry;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class RegistryRowsPostgresIT extends RegistryRowsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
