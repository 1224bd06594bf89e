package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;

final class JobStoreTest extends JobStoreContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
