package dev.palimpsest.notice;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.storage.Database;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds for what is to be told, and sends what is due. */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final long EVERY_MILLIS = 2000;
  private static final int AT_A_TIME = 50;

  private final List<Channel> channels;
  private final Outbox outbox;
  private final Happenings happenings;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "notices");
            thread.setDaemon(true);
            return thread;
          });

  private ScheduledFuture<?> going;

  private Courier(List<Channel> channels, Outbox outbox, Happenings happenings) {
    this.channels = List.copyOf(channels);
    this.outbox = outbox;
    this.happenings = happenings;
  }

  /**
   * Starts one; without channels it does nothing at all.
   *
   * @param address of the web app, as people reach it
   */
  public static Courier start(
      Database database, Outbox outbox, List<Channel> channels, String address) {
    Courier courier = of(database, outbox, channels, address);
    if (!channels.isEmpty()) {
      courier.going =
          courier.rounds.scheduleWithFixedDelay(
              courier::round, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return courier;
  }

  /** Makes one that goes when it is told. */
  static Courier of(Database database, Outbox outbox, List<Channel> channels, String address) {
    channels.forEach(channel -> outbox.since(channel.name()));
    return new Courier(channels, outbox, new Happenings(database, outbox, address));
  }

  /** Collects and sends once. */
  void round() {
    for (Channel channel : channels) {
      try {
        happenings.collect(channel.name());
        Optional<Notice> next = outbox.take(channel.name());
        for (int i = 0; i < AT_A_TIME && next.isPresent() && !rounds.isShutdown(); i++) {
          deliver(channel, next.get());
          next = outbox.take(channel.name());
        }
      } catch (UserFacingException later) {
        LOG.debug("the outbox cannot be read just now", later);
      } catch (RuntimeException failure) {
        LOG.warn("notices by {} failed", channel.name(), failure);
      }
    }
  }

  private void deliver(Channel channel, Notice notice) {
    try {
      channel.send(notice);
      outbox.sent(notice);
    } catch (IOException refused) {
      String problem = String.valueOf(refused.getMessage());
      LOG.warn("a notice could not be sent by {}: {}", channel.name(), problem);
      outbox.failed(notice, problem);
    }
  }

  @Override
  public void close() {
    if (going != null) {
      going.cancel(true);
    }
    rounds.shutdownNow();
    try {
      if (!rounds.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.info("a notice that is being sent is sent again at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
