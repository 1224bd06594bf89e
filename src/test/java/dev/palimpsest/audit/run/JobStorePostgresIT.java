package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class JobStorePostgresIT extends JobStoreContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
