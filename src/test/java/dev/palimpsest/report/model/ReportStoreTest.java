package dev.palimpsest.report.model;

import dev.palimpsest.storage.Database;

final class ReportStoreTest extends ReportStoreContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
