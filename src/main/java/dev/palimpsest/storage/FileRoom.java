package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the room in a database's file that nothing lies in any more.
 *
 * <p>Every commit writes the pages that it changed anew at the end of the file, and the old ones
 * stay where they are. When the database is closed, what is live is copied to a file beside it,
 * which then takes its place in one step: a kill leaves the old file or the new one.
 *
 * @param url of the database
 * @param file that it lies in
 * @param smallest file that is looked at, in bytes
 * @param mostCopied live bytes; the time and the space that a copy takes grow with them, so that a
 *     database with more of them keeps its file until seven eighths of that would come back
 */
record FileRoom(String url, Path file, long smallest, long mostCopied) {
  private static final Logger LOG = LoggerFactory.getLogger(FileRoom.class);

  /** A file is copied where less than one part of so many is live. */
  private static final int WORTH_IT = 2;

  /** A file is copied, however much is live, where less than one part of so many is. */
  private static final int WORTH_ANY_TIME = 8;

  /** What H2 calls the copy until it is whole. */
  private static final String COPY = ".tempFile";

  private static final String SETTINGS =
      """
      select setting_name, setting_value from information_schema.settings
      where setting_name in ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')
      """;

  private static final long SMALLEST = 4L << 20;
  private static final long MOST_COPIED = 256L << 20;

  /** Returns limits for daily use: a copy takes some twenty seconds, of very large files longer. */
  static FileRoom of(String url, Path file) {
    return new FileRoom(url, file, SMALLEST, MOST_COPIED);
  }

  /** Removes what a copy left that was killed; the database must be this process's. */
  void tidy() {
    try {
      Files.deleteIfExists(copy());
    } catch (IOException e) {
      LOG.info("{} is of no use and may be removed", copy());
    }
  }

  private Path copy() {
    return file.resolveSibling(file.getFileName() + COPY);
  }

  /** Tells whether an open database should be copied once it is closed. */
  boolean isWorthwhile(DataSource open) {
    try (Connection connection = open.getConnection();
        Statement statement = connection.createStatement()) {
      Map<String, Long> settings = settings(statement);
      long size = settings.getOrDefault("info.FILE_SIZE", 0L);
      long live = live(size, settings);
      return size >= smallest
          && live < size / WORTH_IT
          && live <= Math.max(mostCopied, size / WORTH_ANY_TIME)
          && live < Files.getFileStore(file).getUsableSpace();
    } catch (SQLException | IOException e) {
      return false; // whoever cannot ask, because the disk is full say, cannot copy
    }
  }

  /** Copies what is live in a database that nobody has open any more. */
  void giveBack() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    } catch (SQLException e) {
      // All that was committed is in the old file; the next end tries again.
      LOG.info("the database's file keeps its size ({})", e.getSQLState());
    }
  }

  private static Map<String, Long> settings(Statement statement) throws SQLException {
    Map<String, Long> settings = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(SETTINGS)) {
      while (rows.next()) {
        settings.put(rows.getString(1), Long.parseLong(rows.getString(2)));
      }
    }
    return settings;
  }

  /** Chunks fill a part of the file, and live pages a part of the chunks; both in per cent. */
  private static long live(long size, Map<String, Long> settings) {
    return size
        / 10_000
        * settings.getOrDefault("info.FILL_RATE", 100L)
        * settings.getOrDefault("info.CHUNKS_FILL_RATE", 100L);
  }
}
