package dev.palimpsest.preflight.job;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class PreflightStorePostgresIT extends PreflightStoreContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
