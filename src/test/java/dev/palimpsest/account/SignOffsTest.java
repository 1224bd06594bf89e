package dev.palimpsest.account;

import dev.palimpsest.storage.Database;

final class SignOffsTest extends SignOffsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
