package dev.palimpsest.registry;

import dev.palimpsest.storage.Database;

final class CheckLeaseTest extends CheckLeaseContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
