package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditLine;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.web.failure.WebException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of audits. That of a finished audit is made once, when it finishes, and kept in the
 * database; that of another is made of counts, and everybody sees the same one for a few seconds,
 * or twenty times as long as it took to make.
 */
final class Reports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final int KEPT = 32;
  private static final int LINES = 200;
  private static final long FRESH = Duration.ofSeconds(3).toNanos();
  private static final long TOO_OLD = Duration.ofSeconds(30).toNanos();
  private static final int REST = 20;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  /** An audit that takes no longer needs no report on its way. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Audits audits;
  private final ReportStore store;
  private final Flights<Report> flights = new Flights<>();
  private final Flights<Interim> interimFlights = new Flights<>();
  private final Map<String, Report> finished = recent();
  private final Map<String, Interim> interim = recent();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "reports");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Audits.Subscription following;
  private volatile Consumer<String> withFirstOutcomes = audit -> {};
  private volatile boolean closing;

  /** The report of an audit as far as it was at a moment. */
  private record Interim(Report report, AuditState state, int done, long at, long took) {
    long age() {
      return System.nanoTime() - at;
    }

    /** Readers take a twentieth of the time of a core at the most. */
    boolean isFresh() {
      return age() <= Math.max(FRESH, REST * took);
    }

    boolean isTooOld() {
      return age() > Math.max(TOO_OLD, 2 * REST * took);
    }
  }

  Reports(Audits audits, ReportStore store) {
    this.audits = audits;
    this.store = store;
    this.following = audits.followAll(this::told);
  }

  /** Makes the reports of finished audits that have none, after an update say, one by one. */
  void catchUp() {
    inBackground(
        () -> {
          for (int from = 0; from < audits.count() && !closing; from += LINES) {
            List<String> ids =
                audits.lines(from, LINES).stream()
                    .filter(line -> line.status().state() == AuditState.FINISHED)
                    .map(AuditLine::id)
                    .toList();
            Collection<String> made = store.summaries(ids).keySet();
            ids.stream().filter(id -> !made.contains(id) && !closing).forEach(this::finished);
          }
        });
  }

  /**
   * Does something behind everybody's back with the newest audit that is finished, and with each
   * that is run from now on once it has outcomes.
   */
  void withNewest(Consumer<String> work) {
    withFirstOutcomes = work;
    inBackground(
        () ->
            audits.lines(0, LINES).stream()
                .filter(line -> line.status().state() == AuditState.FINISHED)
                .findFirst()
                .map(AuditLine::id)
                .ifPresent(work));
  }

  /** Returns an audit, or fails with a page that says there is none. */
  Audit audit(String id) {
    return audits.find(id).orElseThrow(() -> WebException.notFound("There is no such audit."));
  }

  /** Tells whether everything ran. */
  boolean isFinished(String auditId) {
    return audits.status(auditId).state() == AuditState.FINISHED;
  }

  /** Returns the report of an audit as far as it ran, to be shown. */
  Report of(String auditId) {
    audit(auditId);
    AuditStatus status = audits.status(auditId);
    return status.state() == AuditState.FINISHED ? finished(auditId) : interim(status);
  }

  /** Returns the report of an audit as far as it ran, to be kept as a file. */
  Report whole(String auditId) {
    audit(auditId);
    return isFinished(auditId)
        ? finished(auditId)
        : flights.join(auditId, () -> Report.build(audits, auditId));
  }

  /**
   * Returns what lists show of the reports of finished audits, by audit. Those that are not made
   * yet are made as far as the time allows; the others are left out.
   */
  Map<String, ReportStore.Summary> summaries(List<String> finishedIds, Duration patience) {
    Map<String, ReportStore.Summary> all = new HashMap<>(store.summaries(finishedIds));
    long deadline = System.nanoTime() + patience.toNanos();
    for (String id : finishedIds) {
      if (!all.containsKey(id) && System.nanoTime() < deadline) {
        Report report = finished(id);
        all.put(id, new ReportStore.Summary(report.data().verdict(), report.digest()));
      }
    }
    return all;
  }

  /**
   * Returns the report of an audit to look at single items by: of a finished one it may lack the
   * newest reviews, which no verdict rests on.
   */
  Report recent(String auditId) {
    audit(auditId);
    Report known = finished.get(auditId);
    return known != null && isFinished(auditId) ? known : of(auditId);
  }

  /** Makes the report anew behind everybody's back, as something was said of its items. */
  void renew(String auditId) {
    inBackground(() -> of(auditId));
  }

  /** Who joins somebody else's flight gets no report that was begun before the newest review. */
  private Report finished(String auditId) {
    int reviews = audits.reviewCount(auditId);
    Report known = finished.get(auditId);
    return tellsOf(known, reviews)
        ? known
        : flights.join("finished " + auditId + " " + reviews, () -> make(auditId, reviews));
  }

  /** Reviews come after the audit is finished; a report tells of all that there are. */
  private static boolean tellsOf(Report report, int reviews) {
    return report != null && report.data().reviews().entries() >= reviews;
  }

  private Report make(String auditId, int reviews) {
    Report known = finished.get(auditId);
    if (tellsOf(known, reviews)) {
      return known;
    }
    Report report = store.find(audits, audit(auditId)).orElse(null);
    if (!tellsOf(report, reviews)) {
      report = Report.build(audits, auditId);
      store.put(report);
    }
    finished.put(auditId, report);
    interim.remove(auditId);
    return report;
  }

  /** Readers get what is there; what is no longer fresh is made anew behind their backs. */
  private Report interim(AuditStatus status) {
    Interim known = interim.get(status.auditId());
    if (known == null || known.state() != status.state() || known.isTooOld()) {
      return interimFlights.join(status.auditId(), () -> makeInterim(status)).report();
    }
    if (known.done() != status.done() && !known.isFresh()) {
      inBackground(
          () -> {
            Interim now = interim.get(status.auditId());
            if (now == null || !now.isFresh()) {
              interimFlights.join(status.auditId(), () -> makeInterim(status));
            }
          });
    }
    return known.report();
  }

  private Interim makeInterim(AuditStatus status) {
    long began = System.nanoTime();
    Report report = Report.interim(audits, status.auditId());
    long ended = System.nanoTime();
    Interim made = new Interim(report, status.state(), status.done(), ended, ended - began);
    interim.put(status.auditId(), made);
    return made;
  }

  private void told(AuditStatus status) {
    if (status.state() == AuditState.RUNNING) {
      if (status.done() > 0 && begun.add(status.auditId())) {
        CompletableFuture.delayedExecutor(SETTLING.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> inBackground(() -> firstOutcomes(status.auditId())));
      }
      return;
    }
    begun.remove(status.auditId());
    if (status.state() == AuditState.FINISHED) {
      inBackground(() -> finished(status.auditId()));
    }
  }

  private void firstOutcomes(String auditId) {
    if (audits.status(auditId).state() == AuditState.RUNNING) {
      withFirstOutcomes.accept(auditId);
    }
  }

  private void inBackground(Runnable work) {
    if (closing) {
      return;
    }
    worker.execute(
        () -> {
          try {
            if (!closing) {
              work.run();
            }
          } catch (RuntimeException failure) {
            if (!closing) {
              LOG.warn("a report could not be made in advance", failure);
            }
          }
        });
  }

  @Override
  public void close() {
    closing = true;
    following.close();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("a report that was being made is made when it is asked for");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <V> Map<String, V> recent() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(KEPT, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > KEPT;
          }
        });
  }
}
