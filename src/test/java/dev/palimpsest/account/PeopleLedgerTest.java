package dev.palimpsest.account;

import dev.palimpsest.storage.Database;

final class PeopleLedgerTest extends PeopleLedgerContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
