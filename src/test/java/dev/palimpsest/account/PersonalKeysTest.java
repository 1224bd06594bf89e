package dev.palimpsest.account;

import dev.palimpsest.storage.Database;

final class PersonalKeysTest extends PersonalKeysContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
