package dev.palimpsest.account;

import dev.palimpsest.storage.Database;

final class AccountsTest extends AccountsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
