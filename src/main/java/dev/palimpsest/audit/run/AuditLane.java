package dev.palimpsest.audit.run;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.storage.Lease;
import dev.palimpsest.suite.SuiteLibrary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs queued audits, one after the other, in a thread of its own. */
final class AuditLane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditLane.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration LOOK_AT_OTHERS = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final AuditStore store;
  private final JobStore jobs;
  private final SuiteLibrary suites;
  private final ModelLoader loader;
  private final Consumer<AuditStatus> listener;
  private final Consumer<String> settled;
  private final Supplier<Optional<Set<String>>> mine;
  private final Semaphore bell = new Semaphore(0);
  private final ScheduledExecutorService leases =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "audit-lease"));
  private final Thread thread = daemon(this::work, "audits");

  private ScheduledFuture<?> renewal;
  private ScheduledFuture<?> look;
  private volatile boolean closing;
  private volatile Current current;

  /**
   * Creates a lane; it runs nothing before it is opened.
   *
   * @param listener hears how far what runs here is
   * @param settled hears what is over
   * @param mine the audits that this lane may run; empty for all
   */
  AuditLane(
      AuditStore store,
      JobStore jobs,
      SuiteLibrary suites,
      ModelLoader loader,
      Consumer<AuditStatus> listener,
      Consumer<String> settled,
      Supplier<Optional<Set<String>>> mine) {
    this.store = store;
    this.jobs = jobs;
    this.suites = suites;
    this.loader = loader;
    this.listener = listener;
    this.settled = settled;
    this.mine = mine;
  }

  /** What runs now; {@code stopped} is set when a person cancels it. */
  private static final class Current {
    final String auditId;
    volatile boolean stopped;
    volatile AuditRun run;

    Current(String auditId) {
      this.auditId = auditId;
    }
  }

  /**
   * Begins to work.
   *
   * @param lookAtOthers is called now and then, as nobody tells of what another process does
   */
  void open(Runnable lookAtOthers) {
    long seconds = LOOK_AT_OTHERS.toSeconds();
    look = leases.scheduleWithFixedDelay(lookAtOthers, seconds, seconds, TimeUnit.SECONDS);
    long every = Lease.RENEWED.toSeconds();
    renewal = leases.scheduleWithFixedDelay(this::renewLease, every, every, TimeUnit.SECONDS);
    thread.start();
  }

  /** Says that there may be a new job. */
  void wake() {
    bell.release();
  }

  /** Stops an audit if it is the one that runs; its last batch may still end. */
  void stop(String auditId) {
    Current now = current;
    if (now != null && now.auditId.equals(auditId)) {
      now.stopped = true;
    }
  }

  /** Tells whether an audit is the one at work, even if it was stopped and only ends its batch. */
  boolean isAt(String auditId) {
    Current now = current;
    return now != null && now.auditId.equals(auditId);
  }

  /** Returns how far an audit is, if it is the one that runs. */
  Optional<AuditStatus> running(String auditId) {
    Current now = current;
    return now == null || now.stopped || now.run == null || !now.auditId.equals(auditId)
        ? Optional.empty()
        : Optional.of(now.run.status());
  }

  @Override
  public void close() {
    closing = true;
    wake();
    renewal.cancel(false);
    look.cancel(false);
    leases.shutdown();
    try {
      thread.join(GOODBYE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveBack();
  }

  /** Whoever runs it next need not wait for the lease to run out. */
  private void giveBack() {
    Current now = current;
    if (now == null) {
      return;
    }
    try {
      jobs.release(now.auditId);
    } catch (UserFacingException e) {
      log.warn("audit {} was not given back: {}", now.auditId, e.getMessage());
    }
  }

  private void work() {
    while (!closing) {
      try {
        Optional<String> next = jobs.claim(Instant.now(), mine.get());
        if (next.isPresent()) {
          runOne(next.get());
        } else {
          awaitBell();
        }
      } catch (RuntimeException e) {
        if (closing) {
          return;
        }
        log.error("the queue of audits could not be read", e);
        awaitBell();
      }
    }
  }

  private void awaitBell() {
    try {
      if (bell.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        bell.drainPermits();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private void runOne(String auditId) {
    Current now = new Current(auditId);
    current = now;
    try {
      settle(now, () -> run(now));
    } finally {
      current = null;
    }
    settled.accept(auditId);
  }

  private boolean run(Current now) {
    Audit audit = store.audit(now.auditId).orElseThrow();
    now.run = new AuditRun(audit, store, suites, loader, () -> closing || now.stopped, listener);
    return now.run.run();
  }

  private void settle(Current now, Task task) {
    try {
      boolean complete = task.run();
      if (complete && jobs.renew(now.auditId, Instant.now())) {
        store.finish(now.auditId, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        jobs.settleOwn(now.auditId, AuditState.FINISHED, "");
      } else if (!now.stopped) {
        jobs.release(now.auditId);
      }
    } catch (UserFacingException e) {
      log.warn("audit {} stopped: {}", now.auditId, e.getMessage());
      fail(now, e.getMessage());
    } catch (RuntimeException e) {
      log.error("audit {} stopped", now.auditId, e);
      fail(now, "An unexpected problem stopped the audit; the log has the details.");
    }
  }

  private void fail(Current now, String sentence) {
    if (!closing && !now.stopped) {
      jobs.settleOwn(now.auditId, AuditState.FAILED, sentence);
    }
  }

  private void renewLease() {
    Current now = current;
    if (now == null) {
      return;
    }
    try {
      if (!jobs.renew(now.auditId, Instant.now())) {
        log.info("audit {} is not run here any more", now.auditId);
        now.stopped = true;
      }
    } catch (UserFacingException e) {
      log.warn("the lease of audit {} was not renewed: {}", now.auditId, e.getMessage());
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Returns whether everything ran. */
  private interface Task {
    boolean run();
  }
}
