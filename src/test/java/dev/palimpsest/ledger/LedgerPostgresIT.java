package dev.palimpsest.ledger;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class LedgerPostgresIT extends LedgerContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
