package dev.palimpsest.notice;

import dev.palimpsest.storage.Database;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class NoticesTest extends NoticesContract {
  @Override
  Database fresh() {
    return Database.inMemory();
  }
}
