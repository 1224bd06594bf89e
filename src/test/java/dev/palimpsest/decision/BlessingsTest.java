package dev.palimpsest.decision;

import dev.palimpsest.storage.Database;

final class BlessingsTest extends BlessingsContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
