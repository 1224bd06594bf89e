package dev.palimpsest.preflight.job;

import dev.palimpsest.storage.Database;

final class PreflightStoreTest extends PreflightStoreContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
