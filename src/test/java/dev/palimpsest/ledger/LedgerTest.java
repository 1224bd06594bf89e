package dev.palimpsest.ledger;

import dev.palimpsest.storage.Database;

final class LedgerTest extends LedgerContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
