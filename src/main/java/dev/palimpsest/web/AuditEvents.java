package dev.palimpsest.web;

import dev.palimpsest.audit.Audit;
import dev.palimpsest.audit.AuditStatus;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Streams an audit's progress to its page as rendered HTML.
 *
 * <p>The job only leaves its newest status; a clock sends what is new once a second, so that a slow
 * browser never holds up the job, and a comment now and then, so that a closed one is noticed.
 */
final class AuditEvents implements AutoCloseable {
  private static final int HEARTBEAT_TICKS = 15;

  private final Audits audits;
  private final Reports reports;
  private final Views views;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "audit-events");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> ticking;

  AuditEvents(Audits audits, Reports reports, Views views) {
    this.audits = audits;
    this.reports = reports;
    this.views = views;
    this.ticking =
        clock.scheduleWithFixedDelay(() -> streams.forEach(Stream::tick), 1, 1, TimeUnit.SECONDS);
  }

  void routes(RoutesConfig routes) {
    routes.sse("/audits/{id}/events", this::open, Role.VIEWER);
  }

  private void open(SseClient client) {
    Stream stream = new Stream(client, reports.audit(client.ctx().pathParam("id")));
    client.keepAlive();
    client.onClose(stream::end);
    streams.add(stream);
    stream.begin();
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdownNow();
    streams.forEach(stream -> stream.client.close());
  }

  /** One browser that looks on. */
  private final class Stream {
    private final SseClient client;
    private final Audit audit;
    private final AtomicReference<AuditStatus> news = new AtomicReference<>();
    private Audits.Subscription subscription;
    private int quietTicks;
    private String milestone = "";

    Stream(SseClient client, Audit audit) {
      this.client = client;
      this.audit = audit;
    }

    synchronized void begin() {
      subscription = audits.follow(audit.id(), news::set);
      news.compareAndSet(null, audits.status(audit.id()));
    }

    void tick() {
      try {
        send(news.getAndSet(null));
      } catch (RuntimeException gone) {
        client.close();
      }
    }

    private void send(AuditStatus status) {
      if (status != null) {
        quietTicks = 0;
        LiveView live = LiveView.of(audits, audit, status);
        client.sendEvent("progress", views.fragment("audit-live", "live", Map.of("live", live)));
        if (!live.milestone().equals(milestone)) {
          milestone = live.milestone();
          client.sendEvent("milestone", milestone);
        }
        if (!live.underWay()) {
          client.sendEvent("done", status.state().name());
          client.close();
        }
      } else if (++quietTicks % HEARTBEAT_TICKS == 0) {
        client.sendComment("still here");
      }
    }

    synchronized void end() {
      streams.remove(this);
      if (subscription != null) {
        subscription.close();
        subscription = null;
      }
    }
  }
}
