package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;

final class AuditStoreTest extends AuditStoreContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
