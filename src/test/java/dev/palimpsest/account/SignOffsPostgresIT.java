package dev.palimpsest.account;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class SignOffsPostgresIT extends SignOffsContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
