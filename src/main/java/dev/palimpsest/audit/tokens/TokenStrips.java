package dev.palimpsest.audit.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.storage.StoredText;
import dev.palimpsest.suite.Item;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token strips of one installation: computed one at a time, in a worker, when they are asked
 * for, and kept in the database.
 */
public final class TokenStrips implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TokenStrips.class);
  private static final int WAITING = 16;
  private static final int FAILURES = 64;

  private final Database database;
  private final ModelLoader loader;
  private final Set<Key> underWay = ConcurrentHashMap.newKeySet();
  private final Map<Key, String> failures =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
              return size() > FAILURES;
            }
          });
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          work -> {
            Thread daemon = new Thread(work, "token-strips");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * Makes the strips of an installation.
   *
   * @param loader loads models in other processes
   */
  public TokenStrips(Database database, ModelLoader loader) {
    this.database = database;
    this.loader = loader;
  }

  private record Key(String audit, String suite, String tuned, String item) {
    static Key of(Audit audit, PairedOutcome pair) {
      return new Key(audit.id(), pair.base().suite(), pair.tuned().arm(), pair.base().itemId());
    }
  }

  /**
   * How far a strip is.
   *
   * @param strip if it is there
   * @param computing whether it is being made
   * @param problem why it could not be made, in a sentence; "" otherwise
   */
  public record State(Optional<TokenStrip> strip, boolean computing, String problem) {}

  /** Returns how far the strip of an item is. */
  public State state(Audit audit, PairedOutcome pair) {
    Key key = Key.of(audit, pair);
    boolean computing = underWay.contains(key);
    return new State(find(key), computing, computing ? "" : failures.getOrDefault(key, ""));
  }

  /**
   * Has a strip made, unless it is there or under way.
   *
   * @param answerPrefix of the item's suite
   */
  public void request(Audit audit, Item item, String answerPrefix, PairedOutcome pair) {
    Key key = Key.of(audit, pair);
    if (find(key).isPresent() || !underWay.add(key)) {
      return;
    }
    failures.remove(key);
    StripMeter meter = new StripMeter(loader, audit, item, answerPrefix, pair);
    try {
      thread.execute(() -> make(key, meter));
    } catch (RejectedExecutionException full) {
      underWay.remove(key);
      failures.put(key, "Many others are asked for already; wait a moment and ask again.");
    }
  }

  private void make(Key key, StripMeter meter) {
    try {
      put(key, meter.measure());
    } catch (UserFacingException problem) {
      failures.put(key, problem.getMessage());
    } catch (RuntimeException unexpected) {
      LOG.warn("the tokens of {} could not be scored", key.item(), unexpected);
      failures.put(key, "The tokens could not be scored; the log says why.");
    } finally {
      underWay.remove(key);
    }
  }

  private Optional<TokenStrip> find(Key key) {
    return database
        .read(
            handle ->
                handle
                    .createQuery(
                        "select body from token_strip where audit_id = :audit and suite = :suite"
                            + " and tuned = :tuned and item_id = :item")
                    .bind("audit", key.audit())
                    .bind("suite", key.suite())
                    .bind("tuned", key.tuned())
                    .bind("item", key.item())
                    .mapTo(String.class)
                    .findOne())
        .map(StoredText::read)
        .map(TokenStrips::read);
  }

  private void put(Key key, TokenStrip strip) {
    try {
      database.write(
          handle ->
              handle
                  .createUpdate(
                      "insert into token_strip (audit_id, suite, tuned, item_id, body, computed_at)"
                          + " values (:audit, :suite, :tuned, :item, :body, current_timestamp)")
                  .bind("audit", key.audit())
                  .bind("suite", key.suite())
                  .bind("tuned", key.tuned())
                  .bind("item", key.item())
                  .bind("body", write(strip))
                  .execute());
    } catch (DuplicateException outrun) {
      LOG.debug("another server has made this strip", outrun);
    }
  }

  private static String write(TokenStrip strip) {
    try {
      return Json.mapper().writeValueAsString(strip);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a strip is numbers and texts", impossible);
    }
  }

  private static TokenStrip read(String body) {
    try {
      return Json.mapper().readValue(body, TokenStrip.class);
    } catch (JsonProcessingException e) {
      throw new StorageException(
          "A stored token strip cannot be read; the data folder is damaged.", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
