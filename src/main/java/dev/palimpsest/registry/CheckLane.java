package dev.palimpsest.registry;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.storage.Lease;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks checkpoints one after the other, as reading one whole keeps a disk busy, and renews the
 * leases of those that wait here or are at work; now and then takes over what others abandoned.
 */
final class CheckLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckLane.class);
  private static final long GOODBYE_SECONDS = 5;
  private static final long EVERY = Lease.RENEWED.toMillis();

  private final CheckRows checks;
  private final CheckWork work;
  private final Consumer<String> settled;
  private final Clock clock;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final ExecutorService checking =
      Executors.newSingleThreadExecutor(task -> daemon(task, "checkpoint-check"));
  private final ScheduledExecutorService leases =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "checkpoint-lease"));

  private final ScheduledFuture<?> renewal;
  private ScheduledFuture<?> look;

  /**
   * Creates a lane.
   *
   * @param settled hears of checkpoints that are ready or rejected now
   */
  CheckLane(CheckRows checks, CheckWork work, Consumer<String> settled, Clock clock) {
    this.checks = checks;
    this.work = work;
    this.settled = settled;
    this.clock = clock;
    renewal = leases.scheduleWithFixedDelay(this::renew, EVERY, EVERY, TimeUnit.MILLISECONDS);
  }

  /**
   * Goes on with the checks that a process left off which ended, now and from now on.
   *
   * @param alone whether the database belongs to this process, so that whoever else ran checks is
   *     gone
   */
  void takeOver(boolean alone) {
    queue(alone ? checks.claimOthers(clock.instant()) : checks.claimAbandoned(clock.instant()));
    look = leases.scheduleWithFixedDelay(this::look, EVERY, EVERY, TimeUnit.MILLISECONDS);
  }

  /** Queues a check whose lease this process has. */
  void queue(String id) {
    held.add(id);
    checking.execute(() -> check(id));
  }

  private void queue(List<String> ids) {
    ids.forEach(this::queue);
  }

  private void check(String id) {
    boolean over;
    try {
      over = work.run(id, () -> Thread.currentThread().isInterrupted() || checking.isShutdown());
    } catch (UserFacingException later) {
      // Its lease runs out, and whoever looks then takes it.
      LOG.warn("the check of checkpoint {} was not settled: {}", id, later.getMessage());
      over = false;
    } finally {
      if (!checking.isShutdown()) {
        held.remove(id);
      }
    }
    if (over) {
      settled.accept(id);
    }
  }

  private void renew() {
    for (String id : List.copyOf(held)) {
      try {
        if (!checks.renew(id, clock.instant()) && held.remove(id)) {
          LOG.info("checkpoint {} is not checked here any more", id);
        }
      } catch (RuntimeException e) { // another would end the schedule, and the leases with it
        LOG.warn("the lease of checkpoint {} was not renewed: {}", id, e.getMessage());
      }
    }
  }

  private void look() {
    try {
      queue(checks.claimAbandoned(clock.instant()));
    } catch (RuntimeException e) { // another would end the schedule
      LOG.warn("checks that others left off are not known: {}", e.getMessage());
    }
  }

  /** Ends; a check that is cut off is given back, and queued again by whoever looks next. */
  @Override
  public void close() {
    renewal.cancel(false);
    if (look != null) {
      look.cancel(false);
    }
    leases.shutdown();
    checking.shutdownNow();
    try {
      checking.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      checks.release(held);
    } catch (UserFacingException e) {
      LOG.warn("checks were not given back: {}", e.getMessage());
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
