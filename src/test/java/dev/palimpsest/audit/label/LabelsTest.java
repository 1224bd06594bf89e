package dev.palimpsest.audit.label;

import dev.palimpsest.storage.Database;

final class LabelsTest extends LabelsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
