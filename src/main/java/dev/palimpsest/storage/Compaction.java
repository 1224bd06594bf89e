package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database's file near the size of what is in it.
 *
 * <p>Every commit writes the pages it changed anew and leaves the old ones behind. H2 has a thread
 * that gives their space back, but not with a write delay of 0, so that the file grew to ten times
 * its content. This does the same now and then, and never holds up a commit for long.
 */
final class Compaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final int MOST_MILLIS = 200;
  private static final long SMALL = 16L << 20;
  private static final double GROWTH = 1.3;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final DataSource pool;
  private final Path file;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "database-compaction");
            thread.setDaemon(true);
            return thread;
          });

  private long sizeAfterLast = SMALL;

  Compaction(DataSource pool, Path file) {
    this.pool = pool;
    this.file = file;
  }

  void begin() {
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(
            this::compactWhereItGrew, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void compactWhereItGrew() {
    try {
      if (Files.size(file) > GROWTH * sizeAfterLast) {
        compact();
        sizeAfterLast = Math.max(SMALL, Files.size(file));
      }
    } catch (IOException | SQLException | RuntimeException failure) {
      LOG.debug("the database was not compacted", failure);
    }
  }

  /** Moves what is alive to the front of the file and cuts off the rest, as far as time allows. */
  void compact() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      MVStore store = session.getDatabase().getStore().getMvStore();
      int retention = store.getRetentionTime();
      try {
        store.compactFile(MOST_MILLIS);
      } finally {
        // Compaction lets go of old pages at once; afterwards they are kept for a while again.
        store.setRetentionTime(retention);
      }
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      clock.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
