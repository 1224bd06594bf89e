package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class AuditStorePostgresIT extends AuditStoreContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
