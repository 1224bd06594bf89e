package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams an audit's progress to its page as rendered HTML.
 *
 * <p>The job only leaves its newest status; a clock renders what is new once a second, once for all
 * who look on, and leaves the newest for each: neither many browsers nor one that does not read
 * hold up the job or the others. A comment now and then finds out who closed.
 */
final class AuditEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditEvents.class);
  private static final int HEARTBEAT_TICKS = 15;

  private final Audits audits;
  private final Reports reports;
  private final Views views;
  private final Map<String, Feed> feeds = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "audit-events");
            thread.setDaemon(true);
            return thread;
          });

  /** Sends to browsers, each by one thread at a time: one that does not read holds up itself. */
  private final ExecutorService senders =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "audit-events-sender");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> ticking;

  AuditEvents(Audits audits, Reports reports, Views views) {
    this.audits = audits;
    this.reports = reports;
    this.views = views;
    this.ticking =
        clock.scheduleWithFixedDelay(() -> all().forEach(Feed::tick), 1, 1, TimeUnit.SECONDS);
  }

  void routes(RoutesConfig routes) {
    routes.sse("/audits/{id}/events", this::open, Role.VIEWER);
  }

  private void open(SseClient client) {
    Audit audit = reports.audit(client.ctx().pathParam("id"));
    Stream stream = new Stream(client);
    client.keepAlive();
    client.onClose(() -> leave(audit.id(), stream));
    synchronized (feeds) {
      feeds.computeIfAbsent(audit.id(), id -> new Feed(audit)).streams.add(stream);
    }
  }

  private void leave(String auditId, Stream stream) {
    synchronized (feeds) {
      Feed feed = feeds.get(auditId);
      if (feed != null && feed.streams.remove(stream) && feed.streams.isEmpty()) {
        feeds.remove(auditId);
        feed.subscription.close();
      }
    }
  }

  private List<Feed> all() {
    synchronized (feeds) {
      return List.copyOf(feeds.values());
    }
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdownNow();
    senders.shutdownNow();
    all().forEach(feed -> feed.streams.forEach(stream -> stream.client.close()));
  }

  /** What those who look on at one audit are sent. */
  private record News(String html, String milestone, boolean underWay, String state) {}

  /** One audit that somebody looks on at. */
  private final class Feed {
    private final Audit audit;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicReference<AuditStatus> unread = new AtomicReference<>();
    private final Audits.Subscription subscription;
    private News news;

    Feed(Audit audit) {
      this.audit = audit;
      this.subscription = audits.follow(audit.id(), unread::set);
      unread.compareAndSet(null, audits.status(audit.id()));
    }

    void tick() {
      try {
        AuditStatus status = unread.getAndSet(null);
        if (status != null) {
          news = render(status);
        }
        streams.forEach(stream -> stream.tick(news));
      } catch (RuntimeException failure) {
        LOG.warn("the progress of audit {} could not be read", audit.id(), failure);
      }
    }

    private News render(AuditStatus status) {
      LiveView live = LiveView.of(audits, audit, status);
      return new News(
          views.fragment("audit-live", "live", Map.of("live", live)),
          live.milestone(),
          live.underWay(),
          status.state().name());
    }
  }

  /** One browser that looks on. */
  private final class Stream {
    private final SseClient client;
    private final Latest<Optional<News>> newest = new Latest<>(senders, this::send);

    /** The clock's. */
    private News offered;

    /** The clock's. */
    private int quietTicks;

    /** The sender's. */
    private String milestone = "";

    Stream(SseClient client) {
      this.client = client;
    }

    void tick(News news) {
      if (news != null && !news.equals(offered)) {
        quietTicks = 0;
        offered = news;
        newest.offer(Optional.of(news));
      } else if (++quietTicks % HEARTBEAT_TICKS == 0 && newest.isIdle()) {
        newest.offer(Optional.empty());
      }
    }

    private void send(Optional<News> news) {
      try {
        news.ifPresentOrElse(this::send, () -> client.sendComment("still here"));
      } catch (RuntimeException gone) {
        client.close();
      }
    }

    private void send(News news) {
      client.sendEvent("progress", news.html());
      if (!news.milestone().equals(milestone)) {
        milestone = news.milestone();
        client.sendEvent("milestone", milestone);
      }
      if (!news.underWay()) {
        client.sendEvent("done", news.state());
        client.close();
      }
    }
  }
}
