package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class OldDatabaseTest extends OldDatabaseContract {
  @TempDir Path folder;

  @Override
  String url() {
    return "jdbc:h2:file:" + folder.resolve("palimpsest");
  }

  @Override
  String user() {
    return null;
  }

  @Override
  Database open() {
    return Database.open(folder);
  }
}
