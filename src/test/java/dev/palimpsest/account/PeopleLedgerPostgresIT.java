package dev.palimpsest.account;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class PeopleLedgerPostgresIT extends PeopleLedgerContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
