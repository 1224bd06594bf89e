package dev.palimpsest.report.model;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class ReportStorePostgresIT extends ReportStoreContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
