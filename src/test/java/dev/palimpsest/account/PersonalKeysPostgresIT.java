package dev.palimpsest.account;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;

final class PersonalKeysPostgresIT extends PersonalKeysContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }
}
