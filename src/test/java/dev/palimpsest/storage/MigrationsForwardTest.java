package dev.palimpsest.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** In a file. */
final class MigrationsForwardTest extends MigrationsForwardContract {
  @TempDir private Path folder;

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
