package dev.palimpsest.registry;

import dev.palimpsest.storage.Database;

final class RegistryRowsTest extends RegistryRowsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
