package dev.palimpsest.suite.own;

import dev.palimpsest.storage.Database;

final class OwnSuitesTest extends OwnSuitesContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
