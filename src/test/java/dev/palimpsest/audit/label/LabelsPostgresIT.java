package dev.palimpsest.audit.label;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class LabelsPostgresIT extends LabelsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
