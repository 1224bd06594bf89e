package dev.palimpsest.account;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class AccountsPostgresIT extends AccountsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
